namespace Punchout.Procurement;

/// <summary>One capture with its lines and what came of them.</summary>
page 50111 "PUN Capture Card"
{
    PageType = Card;
    Caption = 'Punchout Capture';
    ApplicationArea = All;
    UsageCategory = None;
    SourceTable = "PUN Capture";
    Editable = false;
    InsertAllowed = false;
    ModifyAllowed = false;
    DeleteAllowed = false;

    layout
    {
        area(Content)
        {
            group(General)
            {
                Caption = 'General';

                field("Supplier Host"; Rec."Supplier Host")
                {
                }
                field("Captured At"; Rec."Captured At")
                {
                }
                field("Requester ID"; Rec."Requester ID")
                {
                }
                field(Status; Rec.Status)
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
                field("Capture ID"; Rec."Capture ID")
                {
                    Importance = Additional;
                }
                field("Lines SHA-256"; Rec."Lines SHA-256")
                {
                    Importance = Additional;
                }
            }
            part(Lines; "PUN Capture Lines")
            {
                Caption = 'Lines';
                SubPageLink = "Capture ID" = field("Capture ID");
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
