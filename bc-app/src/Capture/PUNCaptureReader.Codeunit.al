namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;
using System.Automation;
using System.Security.Encryption;

/// <summary>
/// Reads a capture and says everything that is wrong with it. Writes nothing. The order of the checks is part of the
/// API's contract: mandatory properties, worksheet, digest, lines.
/// </summary>
codeunit 50100 "PUN Capture Reader"
{
    Access = Internal;
    Permissions = tabledata "Requisition Wksh. Name" = r,
                  tabledata "Approval Entry" = r;

    var
        RecurringErr: Label 'The worksheet %1 %2 is recurring. Choose a worksheet that is not.', Comment = '%1 = name of the worksheet template, %2 = name of the worksheet';
        NotRequisitionErr: Label 'The worksheet %1 %2 is not a requisition worksheet. Choose one that is.', Comment = '%1 = name of the worksheet template, %2 = name of the worksheet';
        ApprovalOpenErr: Label 'The worksheet %1, %2 waits for an approval, and takes no lines until it is decided. Choose another worksheet, or post again afterwards.', Comment = '%1 = name of the worksheet template, %2 = name of the worksheet';
        MissingLinesErr: Label 'Lines must have a value in Punchout Capture: Capture ID=%1.', Comment = '%1 = identifier of the capture';
        DigestErr: Label 'The SHA-256 of the lines is not linesSha256: the capture was changed on its way.', Comment = 'linesSha256 is the name of a property and is not translated';
        NotAnArrayErr: Label 'The lines of the capture are not a JSON array.';
        LineCountErr: Label 'The capture has %1 lines, but lineCount is %2.', Comment = '%1 = number of lines found, %2 = number of lines announced; lineCount is the name of a property and is not translated';
        LinePropertyTok: Label 'line', Locked = true;
        MessagePropertyTok: Label 'message', Locked = true;

    /// <summary>Raises an error unless every mandatory property has a value.</summary>
    procedure TestMandatory(Capture: Record "PUN Capture"; LinesText: Text)
    begin
        Capture.TestField("Capture ID");
        Capture.TestField("Captured At");
        Capture.TestField("Worksheet Template Name");
        Capture.TestField("Journal Batch Name");
        Capture.TestField("Supplier Host");
        Capture.TestField("Line Count");
        Capture.TestField("Lines SHA-256");
        if LinesText = '' then
            Error(MissingLinesErr, Capture."Capture ID");
    end;

    /// <summary>Raises an error unless lines can be written to the worksheet.</summary>
    procedure TestWorksheet(TemplateName: Code[10]; BatchName: Code[10])
    var
        RequisitionWkshName: Record "Requisition Wksh. Name";
        ApprovalsMgmt: Codeunit "Approvals Mgmt.";
    begin
        RequisitionWkshName.Get(TemplateName, BatchName);
        RequisitionWkshName.CalcFields("Template Type", Recurring);
        if RequisitionWkshName.Recurring then
            Error(RecurringErr, TemplateName, BatchName);
        if RequisitionWkshName."Template Type" <> RequisitionWkshName."Template Type"::"Req." then
            Error(NotRequisitionErr, TemplateName, BatchName);
        // The base application would ask a question here, which nobody behind a web service can answer.
        if ApprovalsMgmt.HasOpenApprovalEntries(RequisitionWkshName.RecordId()) then
            Error(ApprovalOpenErr, TemplateName, BatchName);
    end;

    /// <summary>Reads all lines and checks them against the company's records.</summary>
    /// <param name="TempCaptureLine">Gets the lines that are good.</param>
    /// <returns>An array of objects with line (from 1) and message, one for every problem of every bad line.</returns>
    procedure ReadLines(Capture: Record "PUN Capture"; LinesText: Text; var TempCaptureLine: Record "PUN Capture Line" temporary) Problems: JsonArray
    var
        LineReader: Codeunit "PUN Line Reader";
        LineCheck: Codeunit "PUN Line Check";
        LineProblems: List of [Text];
        Lines: JsonArray;
        LineToken: JsonToken;
        CaptureLineNo: Integer;
    begin
        Lines := ArrivedLines(Capture, LinesText);
        LineCheck.SetOrderDate(OrderDate(Capture));
        foreach LineToken in Lines do begin
            CaptureLineNo += 1;
            Clear(LineProblems);
            TempCaptureLine.Init();
            TempCaptureLine."Capture ID" := Capture."Capture ID";
            TempCaptureLine."Capture Line No." := CaptureLineNo;
            if LineReader.Read(LineToken, TempCaptureLine, LineProblems) then
                LineCheck.Check(LineToken.AsObject(), TempCaptureLine, LineProblems);
            if LineProblems.Count() = 0 then
                TempCaptureLine.Insert()
            else
                AddProblems(Problems, CaptureLineNo, LineProblems);
        end;
    end;

    /// <summary>The day of the capture in UTC, whatever the time zone of the session.</summary>
    procedure OrderDate(Capture: Record "PUN Capture") Result: Date
    begin
        Evaluate(Result, CopyStr(Format(Capture."Captured At", 0, 9), 1, 10), 9);
    end;

    /// <summary>Adds what is wrong with a line.</summary>
    procedure AddProblem(var Problems: JsonArray; CaptureLineNo: Integer; ProblemText: Text)
    var
        Problem: JsonObject;
    begin
        Problem.Add(LinePropertyTok, CaptureLineNo);
        Problem.Add(MessagePropertyTok, ProblemText);
        Problems.Add(Problem);
    end;

    /// <summary>The line that a problem belongs to.</summary>
    procedure LineOf(ProblemToken: JsonToken): Integer
    var
        ValueToken: JsonToken;
    begin
        ProblemToken.AsObject().Get(LinePropertyTok, ValueToken);
        exit(ValueToken.AsValue().AsInteger());
    end;

    /// <summary>What a problem says.</summary>
    procedure MessageOf(ProblemToken: JsonToken): Text
    var
        ValueToken: JsonToken;
    begin
        ProblemToken.AsObject().Get(MessagePropertyTok, ValueToken);
        exit(ValueToken.AsValue().AsText());
    end;

    local procedure ArrivedLines(Capture: Record "PUN Capture"; LinesText: Text) Lines: JsonArray
    var
        CryptographyManagement: Codeunit "Cryptography Management";
        HashAlgorithmType: Option MD5,SHA1,SHA256,SHA384,SHA512;
    begin
        if LowerCase(CryptographyManagement.GenerateHash(LinesText, HashAlgorithmType::SHA256)) <> Capture."Lines SHA-256" then
            Error(DigestErr);
        if not Lines.ReadFrom(LinesText) then
            Error(NotAnArrayErr);
        if Lines.Count() <> Capture."Line Count" then
            Error(LineCountErr, Lines.Count(), Capture."Line Count");
    end;

    local procedure AddProblems(var Problems: JsonArray; CaptureLineNo: Integer; LineProblems: List of [Text])
    var
        ProblemText: Text;
    begin
        foreach ProblemText in LineProblems do
            AddProblem(Problems, CaptureLineNo, ProblemText);
    end;
}
