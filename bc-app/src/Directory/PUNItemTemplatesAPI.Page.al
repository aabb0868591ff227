namespace Punchout.Procurement;

using Microsoft.Inventory.Item;

/// <summary>Templates that a new item can be created from.</summary>
page 50105 "PUN Item Templates API"
{
    PageType = API;
    Caption = 'itemTemplates', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'itemTemplate';
    EntitySetName = 'itemTemplates';
    EntityCaption = 'Item Template';
    EntitySetCaption = 'Item Templates';
    SourceTable = "Item Templ.";
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
                field("code"; Rec.Code)
                {
                    Caption = 'code', Locked = true;
                }
                field(displayName; Rec.Description)
                {
                    Caption = 'displayName', Locked = true;
                }
                field(baseUnitOfMeasureCode; Rec."Base Unit of Measure")
                {
                    Caption = 'baseUnitOfMeasureCode', Locked = true;
                }
            }
        }
    }
}
