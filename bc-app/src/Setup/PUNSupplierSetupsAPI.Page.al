namespace Punchout.Procurement;

/// <summary>How an administrator has set up the shops.</summary>
page 50107 "PUN Supplier Setups API"
{
    PageType = API;
    Caption = 'supplierSetups', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'supplierSetup';
    EntitySetName = 'supplierSetups';
    EntityCaption = 'Supplier Setup';
    EntitySetCaption = 'Supplier Setups';
    SourceTable = "PUN Supplier Setup";
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
                field(host; Rec.Host)
                {
                    Caption = 'host', Locked = true;
                }
                field(vendorNumber; Rec."Vendor No.")
                {
                    Caption = 'vendorNumber', Locked = true;
                }
                field(catchAllItemNumber; Rec."Catch-All Item No.")
                {
                    Caption = 'catchAllItemNumber', Locked = true;
                }
                field(glAccountNumber; Rec."G/L Account No.")
                {
                    Caption = 'glAccountNumber', Locked = true;
                }
                field(taxBasis; Rec."Tax Basis")
                {
                    Caption = 'taxBasis', Locked = true;
                }
                field(taxPercent; Rec."Tax %")
                {
                    Caption = 'taxPercent', Locked = true;
                }
            }
        }
    }
}
