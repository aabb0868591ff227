namespace Punchout.Procurement;

/// <summary>
/// Writes one line for trial. OnRun always ends in an error, so that the platform takes the line back; what the object
/// remembers is not taken back, and tells a rehearsal that went well from one that failed.
/// </summary>
codeunit 50106 "PUN Line Rehearsal"
{
    Access = Internal;

    var
        RehearsedCapture: Record "PUN Capture";
        RehearsedLine: Record "PUN Capture Line";
        WentWell: Boolean;
        TakenBackErr: Label 'The rehearsal is over, and the line is taken back.', Locked = true;

    trigger OnRun()
    var
        CaptureReader: Codeunit "PUN Capture Reader";
        RequisitionLineWriter: Codeunit "PUN Requisition Line Writer";
    begin
        RehearsedLine."Requisition Line No." := RequisitionLineWriter.NextLineNo(RehearsedCapture);
        RequisitionLineWriter.Write(RehearsedCapture, RehearsedLine, CaptureReader.OrderDate(RehearsedCapture));
        WentWell := true;
        Error(TakenBackErr);
    end;

    /// <summary>Rehearses a line. There must be no open write transaction.</summary>
    /// <returns>What the line would fail with; blank where it would not.</returns>
    procedure Rehearse(Capture: Record "PUN Capture"; CaptureLine: Record "PUN Capture Line"): Text
    var
        LineRehearsal: Codeunit "PUN Line Rehearsal";
    begin
        LineRehearsal.SetLine(Capture, CaptureLine);
        if LineRehearsal.Run() then
            exit('');
        if LineRehearsal.HasGoneWell() then begin
            ClearLastError();
            exit('');
        end;
        exit(GetLastErrorText());
    end;

    /// <summary>Sets what OnRun writes.</summary>
    internal procedure SetLine(NewCapture: Record "PUN Capture"; NewLine: Record "PUN Capture Line")
    begin
        RehearsedCapture := NewCapture;
        RehearsedLine := NewLine;
        WentWell := false;
    end;

    /// <summary>Whether OnRun came to its end.</summary>
    internal procedure HasGoneWell(): Boolean
    begin
        exit(WentWell);
    end;
}
