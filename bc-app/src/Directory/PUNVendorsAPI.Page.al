namespace Punchout.Procurement;

using Microsoft.Purchases.Vendor;

/// <summary>Vendors, with what a buyer needs to choose one.</summary>
page 50103 "PUN Vendors API"
{
    PageType = API;
    Caption = 'vendors', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'vendor';
    EntitySetName = 'vendors';
    EntityCaption = 'Vendor';
    EntitySetCaption = 'Vendors';
    SourceTable = "Vendor";
    ODataKeyFields = SystemId;
    DelayedInsert = true;
    Editable = false;
    InsertAllowed = false;
    ModifyAllowed = false;
    DeleteAllowed = false;
    DataAccessIntent = ReadOnly;
    Extensible = false;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field(id; Rec.SystemId)
                {
                    Caption = 'id', Locked = true;
                }
                field(number; Rec."No.")
                {
                    Caption = 'number', Locked = true;
                }
                field(displayName; Rec.Name)
                {
                    Caption = 'displayName', Locked = true;
                }
                field(currencyCode; Rec."Currency Code")
                {
                    Caption = 'currencyCode', Locked = true;
                }
                field(blocked; BlockedName)
                {
                    Caption = 'blocked', Locked = true;
                }
            }
        }
    }

    var
        BlockedName: Text[10];

    trigger OnAfterGetRecord()
    begin
        // By name, not by caption, which depends on the language; and as text, since an option travels encoded.
        BlockedName := CopyStr(Rec.Blocked.Names().Get(Rec.Blocked.Ordinals().IndexOf(Rec.Blocked.AsInteger())), 1, MaxStrLen(BlockedName));
    end;
}
