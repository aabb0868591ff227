namespace Punchout.Procurement;

/// <summary>
/// Reads one element of the lines: names, types, lengths and number formats, before anything is looked up. Nothing is
/// ever cut: what has no room is refused.
/// </summary>
codeunit 50101 "PUN Line Reader"
{
    Access = Internal;

    var
        NotAnObjectErr: Label 'The line is not a JSON object.';
        UnknownPropertyErr: Label 'The property ''%1'' is not known.', Comment = '%1 = name of a property, as it was sent';
        KindErr: Label 'kind must be Item, G/L Account or Note.', Comment = 'kind, Item, G/L Account and Note are words of the interface and are not translated';
        NotTextErr: Label '%1 must be a text.', Comment = '%1 = name of a property of the interface, not translated';
        TooLongErr: Label '%1 has %2 characters, but at most %3 are possible.', Comment = '%1 = name of a property of the interface, not translated, %2 = length found, %3 = length possible';
        NotDecimalErr: Label '%1 is not a decimal number.', Comment = '%1 = name of a property of the interface, not translated';
        TooLargeErr: Label '%1 has more than 15 digits before the point.', Comment = '%1 = name of a property of the interface, not translated';
        TooFineErr: Label '%1 has more than 5 decimals.', Comment = '%1 = name of a property of the interface, not translated';
        NotDateErr: Label '%1 is not a date (YYYY-MM-DD).', Comment = '%1 = name of a property of the interface, not translated';
        KnownPropertiesTok: Label 'kind,number,vendorNumber,vendorItemNumber,description,description2,quantity,directUnitCost,currencyCode,unitOfMeasureCode,dueDate', Locked = true;
        DigitsTok: Label '0123456789', Locked = true;
        KindTok: Label 'kind', Locked = true;
        NumberTok: Label 'number', Locked = true;
        VendorNumberTok: Label 'vendorNumber', Locked = true;
        VendorItemNumberTok: Label 'vendorItemNumber', Locked = true;
        DescriptionTok: Label 'description', Locked = true;
        Description2Tok: Label 'description2', Locked = true;
        QuantityTok: Label 'quantity', Locked = true;
        DirectUnitCostTok: Label 'directUnitCost', Locked = true;
        CurrencyCodeTok: Label 'currencyCode', Locked = true;
        UnitOfMeasureCodeTok: Label 'unitOfMeasureCode', Locked = true;
        DueDateTok: Label 'dueDate', Locked = true;

    /// <summary>Fills the line.</summary>
    /// <param name="Problems">Gets a sentence for everything that is wrong.</param>
    /// <returns>Whether the line could be read.</returns>
    procedure Read(LineToken: JsonToken; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text]): Boolean
    var
        LineObject: JsonObject;
    begin
        if not LineToken.IsObject() then begin
            Problems.Add(NotAnObjectErr);
            exit(false);
        end;
        LineObject := LineToken.AsObject();
        RefuseUnknownProperties(LineObject, Problems);
        ReadKind(LineObject, TempCaptureLine, Problems);
        TempCaptureLine."No." := CopyStr(ReadCode(LineObject, NumberTok, MaxStrLen(TempCaptureLine."No."), Problems), 1, MaxStrLen(TempCaptureLine."No."));
        TempCaptureLine."Vendor No." := CopyStr(ReadCode(LineObject, VendorNumberTok, MaxStrLen(TempCaptureLine."Vendor No."), Problems), 1, MaxStrLen(TempCaptureLine."Vendor No."));
        TempCaptureLine."Vendor Item No." := CopyStr(ReadText(LineObject, VendorItemNumberTok, MaxStrLen(TempCaptureLine."Vendor Item No."), Problems), 1, MaxStrLen(TempCaptureLine."Vendor Item No."));
        TempCaptureLine.Description := CopyStr(ReadText(LineObject, DescriptionTok, MaxStrLen(TempCaptureLine.Description), Problems), 1, MaxStrLen(TempCaptureLine.Description));
        TempCaptureLine."Description 2" := CopyStr(ReadText(LineObject, Description2Tok, MaxStrLen(TempCaptureLine."Description 2"), Problems), 1, MaxStrLen(TempCaptureLine."Description 2"));
        TempCaptureLine.Quantity := ReadDecimal(LineObject, QuantityTok, Problems);
        TempCaptureLine."Direct Unit Cost" := ReadDecimal(LineObject, DirectUnitCostTok, Problems);
        TempCaptureLine."Currency Code" := CopyStr(ReadCode(LineObject, CurrencyCodeTok, MaxStrLen(TempCaptureLine."Currency Code"), Problems), 1, MaxStrLen(TempCaptureLine."Currency Code"));
        TempCaptureLine."Unit of Measure Code" := CopyStr(ReadCode(LineObject, UnitOfMeasureCodeTok, MaxStrLen(TempCaptureLine."Unit of Measure Code"), Problems), 1, MaxStrLen(TempCaptureLine."Unit of Measure Code"));
        TempCaptureLine."Due Date" := ReadDate(LineObject, DueDateTok, Problems);
        exit(Problems.Count() = 0);
    end;

    /// <summary>Whether a property was sent with a value: blank text and null mean absent.</summary>
    procedure IsSent(LineObject: JsonObject; PropertyName: Text): Boolean
    var
        ValueToken: JsonToken;
    begin
        if not LineObject.Get(PropertyName, ValueToken) then
            exit(false);
        if not ValueToken.IsValue() then
            exit(true);
        if ValueToken.AsValue().IsNull() then
            exit(false);
        exit(ValueToken.AsValue().AsText() <> '');
    end;

    local procedure RefuseUnknownProperties(LineObject: JsonObject; var Problems: List of [Text])
    var
        KnownProperties: List of [Text];
        KnownPropertiesText: Text;
        PropertyName: Text;
    begin
        KnownPropertiesText := KnownPropertiesTok;
        KnownProperties := KnownPropertiesText.Split(',');
        foreach PropertyName in LineObject.Keys() do
            if not KnownProperties.Contains(PropertyName) then
                Problems.Add(StrSubstNo(UnknownPropertyErr, PropertyName));
    end;

    local procedure ReadKind(LineObject: JsonObject; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        LineKind: Enum "PUN Line Kind";
        Position: Integer;
    begin
        // By name, not by caption: the caption depends on the language of the user.
        Position := LineKind.Names().IndexOf(ReadText(LineObject, KindTok, 20, Problems));
        if Position = 0 then
            Problems.Add(KindErr)
        else
            TempCaptureLine.Kind := Enum::"PUN Line Kind".FromInteger(LineKind.Ordinals().Get(Position));
    end;

    local procedure ReadText(LineObject: JsonObject; PropertyName: Text; MaximumLength: Integer; var Problems: List of [Text]) Value: Text
    var
        ValueToken: JsonToken;
        WrittenValue: Text;
    begin
        if not LineObject.Get(PropertyName, ValueToken) then
            exit('');
        if ValueToken.IsValue() then
            if ValueToken.AsValue().IsNull() then
                exit('');
        ValueToken.WriteTo(WrittenValue);
        if not WrittenValue.StartsWith('"') then begin
            Problems.Add(StrSubstNo(NotTextErr, PropertyName));
            exit('');
        end;
        Value := ValueToken.AsValue().AsText();
        if StrLen(Value) > MaximumLength then
            Problems.Add(StrSubstNo(TooLongErr, PropertyName, StrLen(Value), MaximumLength));
    end;

    local procedure ReadCode(LineObject: JsonObject; PropertyName: Text; MaximumLength: Integer; var Problems: List of [Text]): Text
    begin
        exit(UpperCase(DelChr(ReadText(LineObject, PropertyName, MaximumLength, Problems), '<>', ' ')));
    end;

    local procedure ReadDecimal(LineObject: JsonObject; PropertyName: Text; var Problems: List of [Text]) Result: Decimal
    var
        Value: Text;
    begin
        Value := ReadText(LineObject, PropertyName, 40, Problems);
        if Value = '' then
            exit(0);
        if IsDecimal(PropertyName, Value, Problems) then
            if not Evaluate(Result, Value, 9) then
                Problems.Add(StrSubstNo(NotDecimalErr, PropertyName));
    end;

    local procedure IsDecimal(PropertyName: Text; Value: Text; var Problems: List of [Text]): Boolean
    var
        Parts: List of [Text];
        WholePart: Text;
        Fraction: Text;
    begin
        Parts := Value.Split('.');
        WholePart := Parts.Get(1);
        if WholePart.StartsWith('-') then
            WholePart := CopyStr(WholePart, 2);
        if Parts.Count() = 2 then
            Fraction := Parts.Get(2);
        if (Parts.Count() > 2) or not IsDigits(WholePart) or ((Parts.Count() = 2) and not IsDigits(Fraction)) then begin
            Problems.Add(StrSubstNo(NotDecimalErr, PropertyName));
            exit(false);
        end;
        if StrLen(DelChr(WholePart, '<', '0')) > 15 then begin
            Problems.Add(StrSubstNo(TooLargeErr, PropertyName));
            exit(false);
        end;
        if StrLen(DelChr(Fraction, '>', '0')) > 5 then begin
            Problems.Add(StrSubstNo(TooFineErr, PropertyName));
            exit(false);
        end;
        exit(true);
    end;

    local procedure IsDigits(Value: Text): Boolean
    begin
        exit((Value <> '') and (DelChr(Value, '=', DigitsTok) = ''));
    end;

    local procedure ReadDate(LineObject: JsonObject; PropertyName: Text; var Problems: List of [Text]) Result: Date
    var
        Value: Text;
    begin
        Value := ReadText(LineObject, PropertyName, 10, Problems);
        if Value = '' then
            exit(0D);
        if (StrLen(Value) <> 10) or not Evaluate(Result, Value, 9) then
            Problems.Add(StrSubstNo(NotDateErr, PropertyName));
    end;
}
