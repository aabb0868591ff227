namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

/// <summary>Requisition worksheets that take lines: of type Req., and not recurring.</summary>
page 50102 "PUN Worksheets API"
{
    PageType = API;
    Caption = 'worksheets', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'worksheet';
    EntitySetName = 'worksheets';
    EntityCaption = 'Worksheet';
    EntitySetCaption = 'Worksheets';
    SourceTable = "Requisition Wksh. Name";
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
                field(worksheetTemplateName; Rec."Worksheet Template Name")
                {
                    Caption = 'worksheetTemplateName', Locked = true;
                }
                field(name; Rec.Name)
                {
                    Caption = 'name', Locked = true;
                }
                field(description; Rec.Description)
                {
                    Caption = 'description', Locked = true;
                }
            }
        }
    }

    trigger OnOpenPage()
    begin
        // In a filter group of its own, so that no $filter of a request lifts it.
        Rec.FilterGroup(2);
        Rec.SetRange("Template Type", Rec."Template Type"::"Req.");
        Rec.SetRange(Recurring, false);
        Rec.FilterGroup(0);
    end;
}
