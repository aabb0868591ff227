namespace Punchout.Procurement;

using System.Upgrade;

/// <summary>Brings a company's data to the state that this version expects. Each step has a tag and runs once.</summary>
codeunit 50114 "PUN Upgrade"
{
    Access = Internal;
    Subtype = Upgrade;

    trigger OnUpgradePerCompany()
    begin
        AllowRetention();
    end;

    local procedure AllowRetention()
    var
        Retention: Codeunit "PUN Retention";
        UpgradeTag: Codeunit "Upgrade Tag";
        UpgradeTagDefinitions: Codeunit "PUN Upgrade Tag Definitions";
    begin
        if UpgradeTag.HasUpgradeTag(UpgradeTagDefinitions.RetentionTag()) then
            exit;
        Retention.AllowTables();
        UpgradeTag.SetUpgradeTag(UpgradeTagDefinitions.RetentionTag());
    end;
}
