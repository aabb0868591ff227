namespace Punchout.Procurement;

/// <summary>
/// What the publisher learns: that a capture was posted or checked, how long it took and how many lines it had. No
/// text of a cart, no host, no person.
/// </summary>
codeunit 50111 "PUN Telemetry"
{
    Access = Internal;

    var
        CapturePostedTok: Label 'Capture posted', Locked = true;
        CaptureCheckedTok: Label 'Capture checked', Locked = true;
        CaptureIdTok: Label 'captureId', Locked = true;
        LineCountTok: Label 'lineCount', Locked = true;
        MillisecondsTok: Label 'milliseconds', Locked = true;
        ProblemCountTok: Label 'problemCount', Locked = true;

    /// <summary>Reports a capture that was posted.</summary>
    procedure CapturePosted(Capture: Record "PUN Capture"; Elapsed: Duration)
    var
        Dimensions: Dictionary of [Text, Text];
        Milliseconds: BigInteger;
    begin
        Milliseconds := Elapsed;
        Dimensions := DimensionsOf(Capture);
        Dimensions.Add(MillisecondsTok, Format(Milliseconds, 0, 9));
        Session.LogMessage('PUN0001', CapturePostedTok, Verbosity::Normal, DataClassification::SystemMetadata, TelemetryScope::ExtensionPublisher, Dimensions);
    end;

    /// <summary>Reports a dry run.</summary>
    procedure CaptureChecked(Capture: Record "PUN Capture"; ProblemCount: Integer)
    var
        Dimensions: Dictionary of [Text, Text];
    begin
        Dimensions := DimensionsOf(Capture);
        Dimensions.Add(ProblemCountTok, Format(ProblemCount, 0, 9));
        Session.LogMessage('PUN0002', CaptureCheckedTok, Verbosity::Normal, DataClassification::SystemMetadata, TelemetryScope::ExtensionPublisher, Dimensions);
    end;

    local procedure DimensionsOf(Capture: Record "PUN Capture") Dimensions: Dictionary of [Text, Text]
    begin
        Dimensions.Add(CaptureIdTok, Format(Capture."Capture ID", 0, 4));
        Dimensions.Add(LineCountTok, Format(Capture."Line Count", 0, 9));
    end;
}
