namespace Punchout.Procurement;

/// <summary>
/// Posts a capture: its record, its log and its requisition lines, in the one transaction of the request. Whatever
/// goes wrong takes all of it back.
/// </summary>
codeunit 50104 "PUN Capture Post"
{
    Access = Internal;
    Permissions = tabledata "PUN Capture" = ri,
                  tabledata "PUN Capture Line" = ri;

    var
        ProblemsErr: Label '%1', Locked = true, Comment = '%1 = one sentence for each problem';
        LineProblemErr: Label 'Line %1: %2', Comment = '%1 = position of the line in the cart, %2 = what is wrong with it';

    /// <summary>Posts.</summary>
    /// <param name="Capture">As it was sent; is inserted.</param>
    /// <param name="LinesText">The JSON text of the lines.</param>
    procedure Post(var Capture: Record "PUN Capture"; LinesText: Text)
    var
        TempCaptureLine: Record "PUN Capture Line" temporary;
        CaptureReader: Codeunit "PUN Capture Reader";
        Telemetry: Codeunit "PUN Telemetry";
        Problems: JsonArray;
        StartedAt: DateTime;
    begin
        StartedAt := CurrentDateTime();
        CaptureReader.TestMandatory(Capture, LinesText);
        Capture.Status := Capture.Status::Posted;
        Capture."Requester ID" := CopyStr(UserId(), 1, MaxStrLen(Capture."Requester ID"));
        // The id before everything else: a capture that is stored is reported as such (the platform says so with its
        // own error code) even when its worksheet has been closed since. The insert also makes a parallel twin wait.
        Capture.Insert(true);
        CaptureReader.TestWorksheet(Capture."Worksheet Template Name", Capture."Journal Batch Name");
        Problems := CaptureReader.ReadLines(Capture, LinesText, TempCaptureLine);
        if Problems.Count() > 0 then
            Error(ProblemsErr, ProblemsText(CaptureReader, Problems));
        WriteLines(Capture, TempCaptureLine, CaptureReader.OrderDate(Capture));
        Telemetry.CapturePosted(Capture, CurrentDateTime() - StartedAt);
    end;

    local procedure WriteLines(Capture: Record "PUN Capture"; var TempCaptureLine: Record "PUN Capture Line" temporary; OrderDate: Date)
    var
        CaptureLine: Record "PUN Capture Line";
        RequisitionLineWriter: Codeunit "PUN Requisition Line Writer";
        LineNo: Integer;
    begin
        LineNo := RequisitionLineWriter.NextLineNo(Capture);
        TempCaptureLine.Reset();
        if TempCaptureLine.FindSet() then
            repeat
                CaptureLine := TempCaptureLine;
                CaptureLine."Requisition Line No." := LineNo;
                CaptureLine.Insert(true);
                RequisitionLineWriter.Write(Capture, CaptureLine, OrderDate);
                LineNo += RequisitionLineWriter.LineNoStep();
            until TempCaptureLine.Next() = 0;
    end;

    local procedure ProblemsText(CaptureReader: Codeunit "PUN Capture Reader"; Problems: JsonArray): Text
    var
        ProblemsBuilder: TextBuilder;
        ProblemToken: JsonToken;
        LineFeed: Text[1];
    begin
        LineFeed[1] := 10;
        foreach ProblemToken in Problems do begin
            if ProblemsBuilder.Length() > 0 then
                ProblemsBuilder.Append(LineFeed);
            ProblemsBuilder.Append(StrSubstNo(LineProblemErr, CaptureReader.LineOf(ProblemToken), CaptureReader.MessageOf(ProblemToken)));
        end;
        exit(ProblemsBuilder.ToText());
    end;
}
