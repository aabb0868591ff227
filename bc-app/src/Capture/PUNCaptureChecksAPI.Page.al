namespace Punchout.Procurement;

/// <summary>The dry run of a capture: takes what captures takes, says what would be wrong, and stores nothing.</summary>
page 50101 "PUN Capture Checks API"
{
    PageType = API;
    Caption = 'captureChecks', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'captureCheck';
    EntitySetName = 'captureChecks';
    EntityCaption = 'Capture Check';
    EntitySetCaption = 'Capture Checks';
    SourceTable = "PUN Capture";
    SourceTableTemporary = true;
    ODataKeyFields = "Capture ID";
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
                field(id; Rec."Capture ID")
                {
                    Caption = 'id', Locked = true;
                }
                field(worksheetTemplateName; Rec."Worksheet Template Name")
                {
                    Caption = 'worksheetTemplateName', Locked = true;
                }
                field(journalBatchName; Rec."Journal Batch Name")
                {
                    Caption = 'journalBatchName', Locked = true;
                }
                field(supplierHost; Rec."Supplier Host")
                {
                    Caption = 'supplierHost', Locked = true;
                }
                field(capturedAt; Rec."Captured At")
                {
                    Caption = 'capturedAt', Locked = true;
                }
                field(lineCount; Rec."Line Count")
                {
                    Caption = 'lineCount', Locked = true;
                }
                field(linesSha256; Rec."Lines SHA-256")
                {
                    Caption = 'linesSha256', Locked = true;
                }
                field(problems; ProblemsText)
                {
                    Caption = 'problems', Locked = true;
                    Editable = false;
                }
                field(lines; LinesText)
                {
                    Caption = 'lines', Locked = true;
                }
            }
        }
    }

    var
        ProblemsText: Text;
        LinesText: Text;

    trigger OnInsertRecord(BelowxRec: Boolean): Boolean
    var
        CaptureCheck: Codeunit "PUN Capture Check";
    begin
        ProblemsText := CaptureCheck.Check(Rec, LinesText);
        LinesText := '';
        exit(true);
    end;
}
