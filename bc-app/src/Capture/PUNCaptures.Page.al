namespace Punchout.Procurement;

/// <summary>The history of captures.</summary>
page 50110 "PUN Captures"
{
    PageType = List;
    Caption = 'Punchout Captures';
    AboutTitle = 'About Punchout captures';
    AboutText = 'Each record is a cart that was read in a web shop and became requisition worksheet lines. It stays when the lines have been carried out to purchase orders.';
    ApplicationArea = All;
    UsageCategory = History;
    SourceTable = "PUN Capture";
    SourceTableView = sorting("Captured At") order(descending);
    CardPageId = "PUN Capture Card";
    Editable = false;
    InsertAllowed = false;
    ModifyAllowed = false;
    DeleteAllowed = false;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field("Captured At"; Rec."Captured At")
                {
                }
                field("Supplier Host"; Rec."Supplier Host")
                {
                }
                field("Requester ID"; Rec."Requester ID")
                {
                }
                field("Line Count"; Rec."Line Count")
                {
                }
                field("Worksheet Template Name"; Rec."Worksheet Template Name")
                {
                }
                field("Journal Batch Name"; Rec."Journal Batch Name")
                {
                }
                field(Status; Rec.Status)
                {
                }
                field("Capture ID"; Rec."Capture ID")
                {
                    Visible = false;
                }
            }
        }
    }

    actions
    {
        area(Processing)
        {
            action(OpenWorksheet)
            {
                Caption = 'Open Worksheet';
                ToolTip = 'Open the requisition worksheet that received the lines of the capture.';
                Image = Worksheet;
                Scope = Repeater;

                trigger OnAction()
                var
                    WorksheetLink: Codeunit "PUN Worksheet Link";
                begin
                    WorksheetLink.Open(Rec);
                end;
            }
        }
        area(Promoted)
        {
            actionref(OpenWorksheet_Promoted; OpenWorksheet)
            {
            }
        }
    }
}
