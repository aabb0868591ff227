namespace Punchout.Procurement;

/// <summary>Creates items from templates. Only for users with the permission set PUN Items.</summary>
page 50108 "PUN New Items API"
{
    PageType = API;
    Caption = 'newItems', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'newItem';
    EntitySetName = 'newItems';
    EntityCaption = 'New Item';
    EntitySetCaption = 'New Items';
    SourceTable = "PUN New Item";
    ODataKeyFields = ID;
    DelayedInsert = true;
    ModifyAllowed = false;
    DeleteAllowed = false;
    Extensible = false;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field(id; Rec.ID)
                {
                    Caption = 'id', Locked = true;
                }
                field(templateCode; Rec."Template Code")
                {
                    Caption = 'templateCode', Locked = true;
                }
                field(description; Rec.Description)
                {
                    Caption = 'description', Locked = true;
                }
                field(vendorNumber; Rec."Vendor No.")
                {
                    Caption = 'vendorNumber', Locked = true;
                }
                field(vendorItemNumber; Rec."Vendor Item No.")
                {
                    Caption = 'vendorItemNumber', Locked = true;
                }
                field(itemNumber; Rec."Item No.")
                {
                    Caption = 'itemNumber', Locked = true;
                    Editable = false;
                }
                field(created; Rec.Created)
                {
                    Caption = 'created', Locked = true;
                    Editable = false;
                }
            }
        }
    }

    trigger OnInsertRecord(BelowxRec: Boolean): Boolean
    var
        ItemCreation: Codeunit "PUN Item Creation";
    begin
        ItemCreation.Create(Rec);
        if IsNullGuid(Rec.ID) then
            Rec.ID := CreateGuid();
        exit(true);
    end;
}
