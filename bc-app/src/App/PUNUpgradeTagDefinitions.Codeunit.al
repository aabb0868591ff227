namespace Punchout.Procurement;

using System.Upgrade;

/// <summary>The tags of all upgrade steps. A tag is never changed once it has been released.</summary>
codeunit 50115 "PUN Upgrade Tag Definitions"
{
    Access = Internal;

    /// <summary>The tables of captures are offered to the retention policies.</summary>
    procedure RetentionTag(): Code[250]
    begin
        exit('PUN-0001-RETENTION-20261122');
    end;

    [EventSubscriber(ObjectType::Codeunit, Codeunit::"Upgrade Tag", 'OnGetPerCompanyUpgradeTags', '', false, false)]
    local procedure RegisterPerCompanyTagsOnGetPerCompanyUpgradeTags(var PerCompanyUpgradeTags: List of [Code[250]])
    begin
        PerCompanyUpgradeTags.Add(RetentionTag());
    end;
}
