namespace Punchout.Procurement;

/// <summary>Items. Filters on number, description and type are passed on to the item table; ask for one of them, and few records are read.</summary>
page 50104 "PUN Items API"
{
    PageType = API;
    Caption = 'items', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'item';
    EntitySetName = 'items';
    EntityCaption = 'Item';
    EntitySetCaption = 'Items';
    SourceTable = "PUN Item Buffer";
    ODataKeyFields = "Item ID";
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
                field(id; Rec."Item ID")
                {
                    Caption = 'id', Locked = true;
                }
                field(number; Rec."No.")
                {
                    Caption = 'number', Locked = true;
                }
                field(displayName; Rec.Description)
                {
                    Caption = 'displayName', Locked = true;
                }
                field(type; Rec.Type)
                {
                    Caption = 'type', Locked = true;
                }
                field(blocked; Rec.Blocked)
                {
                    Caption = 'blocked', Locked = true;
                }
                field(baseUnitOfMeasureCode; Rec."Base Unit of Measure")
                {
                    Caption = 'baseUnitOfMeasureCode', Locked = true;
                }
            }
        }
    }

    var
        IsLoaded: Boolean;

    trigger OnFindRecord(Which: Text): Boolean
    var
        ItemDirectory: Codeunit "PUN Item Directory";
        RequestedView: Text;
    begin
        if not IsLoaded then begin
            RequestedView := Rec.GetView();
            ItemDirectory.Load(Rec);
            Rec.SetView(RequestedView);
            IsLoaded := true;
        end;
        exit(Rec.Find(Which));
    end;
}
