namespace Punchout.Procurement;

/// <summary>
/// The dry run: says what would be wrong with a capture, and leaves nothing behind. Each line that passes the checks
/// is also rehearsed, so that what only the base application or another extension objects to is found too.
/// </summary>
codeunit 50105 "PUN Capture Check"
{
    Access = Internal;

    /// <summary>Checks a capture.</summary>
    /// <param name="LinesText">The JSON text of the lines.</param>
    /// <returns>The JSON text of an array of objects with line and message; [] where all is well.</returns>
    procedure Check(Capture: Record "PUN Capture"; LinesText: Text) Result: Text
    var
        TempCaptureLine: Record "PUN Capture Line" temporary;
        CaptureReader: Codeunit "PUN Capture Reader";
        Telemetry: Codeunit "PUN Telemetry";
        Problems: JsonArray;
    begin
        CaptureReader.TestMandatory(Capture, LinesText);
        CaptureReader.TestWorksheet(Capture."Worksheet Template Name", Capture."Journal Batch Name");
        Capture."Requester ID" := CopyStr(UserId(), 1, MaxStrLen(Capture."Requester ID"));
        Problems := CaptureReader.ReadLines(Capture, LinesText, TempCaptureLine);
        RehearseLines(Capture, TempCaptureLine, Problems);
        Telemetry.CaptureChecked(Capture, Problems.Count());
        Problems.WriteTo(Result);
    end;

    local procedure RehearseLines(Capture: Record "PUN Capture"; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: JsonArray)
    var
        CaptureReader: Codeunit "PUN Capture Reader";
        LineRehearsal: Codeunit "PUN Line Rehearsal";
        ProblemText: Text;
    begin
        TempCaptureLine.Reset();
        if TempCaptureLine.FindSet() then
            repeat
                ProblemText := LineRehearsal.Rehearse(Capture, TempCaptureLine);
                if ProblemText <> '' then
                    CaptureReader.AddProblem(Problems, TempCaptureLine."Capture Line No.", ProblemText);
            until TempCaptureLine.Next() = 0;
    end;
}
