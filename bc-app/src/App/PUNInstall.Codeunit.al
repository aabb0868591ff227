namespace Punchout.Procurement;

using System.Upgrade;

/// <summary>Prepares a company for the app.</summary>
codeunit 50113 "PUN Install"
{
    Access = Internal;
    Subtype = Install;

    trigger OnInstallAppPerCompany()
    var
        Retention: Codeunit "PUN Retention";
        UpgradeTag: Codeunit "Upgrade Tag";
        UpgradeTagDefinitions: Codeunit "PUN Upgrade Tag Definitions";
    begin
        Retention.AllowTables();
        // A company that starts with this version has nothing to upgrade.
        if not UpgradeTag.HasUpgradeTag(UpgradeTagDefinitions.RetentionTag()) then
            UpgradeTag.SetUpgradeTag(UpgradeTagDefinitions.RetentionTag());
    end;
}
