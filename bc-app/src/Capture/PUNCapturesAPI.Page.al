namespace Punchout.Procurement;

/// <summary>Captures: posted in one request with all of their lines, and read by their id.</summary>
page 50100 "PUN Captures API"
{
    PageType = API;
    Caption = 'captures', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'capture';
    EntitySetName = 'captures';
    EntityCaption = 'Capture';
    EntitySetCaption = 'Captures';
    SourceTable = "PUN Capture";
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
                field(status; Rec.Status)
                {
                    Caption = 'status', Locked = true;
                    Editable = false;
                }
                field(lineNumbers; LineNumbersText)
                {
                    Caption = 'lineNumbers', Locked = true;
                    Editable = false;
                }
                field(worksheetUrl; WorksheetUrlText)
                {
                    Caption = 'worksheetUrl', Locked = true;
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
        LineNumbersText: Text;
        WorksheetUrlText: Text;
        LinesText: Text;

    trigger OnAfterGetRecord()
    begin
        SetCalculatedProperties();
    end;

    trigger OnInsertRecord(BelowxRec: Boolean): Boolean
    var
        CapturePost: Codeunit "PUN Capture Post";
    begin
        CapturePost.Post(Rec, LinesText);
        SetCalculatedProperties();
        // The record is inserted already.
        exit(false);
    end;

    local procedure SetCalculatedProperties()
    var
        WorksheetLink: Codeunit "PUN Worksheet Link";
    begin
        // The text of the cart came in, and does not go out again.
        LinesText := '';
        LineNumbersText := LineNumbers();
        WorksheetUrlText := WorksheetLink.Url(Rec);
    end;

    local procedure LineNumbers() Result: Text
    var
        CaptureLine: Record "PUN Capture Line";
        Numbers: JsonArray;
    begin
        CaptureLine.SetRange("Capture ID", Rec."Capture ID");
        CaptureLine.SetLoadFields("Requisition Line No.");
        if CaptureLine.FindSet() then
            repeat
                Numbers.Add(CaptureLine."Requisition Line No.");
            until CaptureLine.Next() = 0;
        Numbers.WriteTo(Result);
    end;
}
