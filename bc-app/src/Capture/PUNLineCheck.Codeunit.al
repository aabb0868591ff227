namespace Punchout.Procurement;

using Microsoft.Finance.Currency;
using Microsoft.Finance.GeneralLedger.Account;
using Microsoft.Finance.GeneralLedger.Setup;
using Microsoft.Foundation.UOM;
using Microsoft.Inventory.Item;
using Microsoft.Purchases.Vendor;

/// <summary>
/// Checks one line against the company's records. Field validation alone would let some of this pass in silence: a
/// vendor that does not exist is blanked where code, not a person, sets it.
/// </summary>
codeunit 50102 "PUN Line Check"
{
    Access = Internal;
    Permissions = tabledata Currency = r,
                  tabledata "Currency Exchange Rate" = r,
                  tabledata "G/L Account" = r,
                  tabledata "General Ledger Setup" = r,
                  tabledata Item = r,
                  tabledata "Item Unit of Measure" = r,
                  tabledata "Unit of Measure" = r,
                  tabledata Vendor = r;

    var
        GeneralLedgerSetup: Record "General Ledger Setup";
        LineReader: Codeunit "PUN Line Reader";
        RequiredOrderDate: Date;
        MustHaveValueErr: Label '%1 must have a value.', Comment = '%1 = caption of a field';
        NoteCannotHaveErr: Label 'A note cannot have %1.', Comment = '%1 = name of a property of the interface, not translated';
        DoesNotExistErr: Label 'The %1 ''%2'' does not exist.', Comment = '%1 = caption of a table, %2 = number or code';
        BlockedErr: Label '%1 must be equal to ''No'' in %2: No.=%3. Current value is ''Yes''.', Comment = '%1 = caption of a field, %2 = caption of a table, %3 = number';
        DirectPostingErr: Label '%1 must be equal to ''Yes'' in %2: No.=%3. Current value is ''No''.', Comment = '%1 = caption of a field, %2 = caption of a table, %3 = number';
        AccountTypeErr: Label 'The G/L Account ''%1'' is not a posting account.', Comment = '%1 = number of the account';
        NoBaseUnitErr: Label 'The Item ''%1'' has no base unit of measure.', Comment = '%1 = number of the item';
        VariantMandatoryErr: Label 'The Item ''%1'' can only be ordered with a variant, which a cart does not name. Enter it in the worksheet by hand.', Comment = '%1 = number of the item';
        ItemUnitErr: Label 'The %1 does not exist. Identification fields and values: Item No.=''%2'', Code=''%3''.', Comment = '%1 = caption of a table, %2 = number of the item, %3 = code of the unit of measure';
        PrecisionErr: Label 'The value %1 in field Quantity is of lower precision than expected: the unit %2 of the item %3 is counted in steps of %4.', Comment = '%1 = quantity, %2 = code of the unit of measure, %3 = number of the item, %4 = rounding precision';
        VendorBlockedErr: Label 'You cannot create this type of document when Vendor %1 is blocked with type %2.', Comment = '%1 = number of the vendor, %2 = kind of block';
        VendorPrivacyErr: Label 'You cannot create this type of document when Vendor %1 is blocked for privacy.', Comment = '%1 = number of the vendor';
        QuantityErr: Label 'Quantity must be greater than 0.';
        NoExchangeRateErr: Label 'There is no Currency Exchange Rate within the filter. Filters: Currency Code: %1, Starting Date: ..%2', Comment = '%1 = code of the currency, %2 = date';
        NotePropertiesTok: Label 'number,vendorNumber,vendorItemNumber,currencyCode,unitOfMeasureCode,quantity,directUnitCost,dueDate', Locked = true;
        QuantityTok: Label 'quantity', Locked = true;
        DirectUnitCostTok: Label 'directUnitCost', Locked = true;

    /// <summary>Sets the day for which exchange rates must exist.</summary>
    procedure SetOrderDate(NewOrderDate: Date)
    begin
        RequiredOrderDate := NewOrderDate;
    end;

    /// <summary>Checks a line that could be read, and completes its unit and its currency.</summary>
    /// <param name="Problems">Gets a sentence for everything that is wrong.</param>
    procedure Check(LineObject: JsonObject; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    begin
        case TempCaptureLine.Kind of
            TempCaptureLine.Kind::Note:
                CheckNote(LineObject, TempCaptureLine, Problems);
            TempCaptureLine.Kind::Item:
                begin
                    CheckItem(TempCaptureLine, Problems);
                    CheckOrder(LineObject, TempCaptureLine, Problems);
                end;
            TempCaptureLine.Kind::"G/L Account":
                begin
                    CheckAccount(TempCaptureLine, Problems);
                    CheckOrder(LineObject, TempCaptureLine, Problems);
                end;
        end;
    end;

    local procedure CheckNote(LineObject: JsonObject; TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        UnwantedProperties: Text;
        PropertyName: Text;
    begin
        if DelChr(TempCaptureLine.Description, '<>', ' ') = '' then
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption(Description)));
        UnwantedProperties := NotePropertiesTok;
        foreach PropertyName in UnwantedProperties.Split(',') do
            if LineReader.IsSent(LineObject, PropertyName) then
                Problems.Add(StrSubstNo(NoteCannotHaveErr, PropertyName));
    end;

    local procedure CheckOrder(LineObject: JsonObject; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    begin
        CheckVendor(TempCaptureLine, Problems);
        if not LineReader.IsSent(LineObject, QuantityTok) then
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption(Quantity)))
        else
            if TempCaptureLine.Quantity <= 0 then
                Problems.Add(QuantityErr);
        if not LineReader.IsSent(LineObject, DirectUnitCostTok) then
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption("Direct Unit Cost")));
        CheckCurrency(TempCaptureLine, Problems);
    end;

    local procedure CheckItem(var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        Item: Record Item;
    begin
        if TempCaptureLine."No." = '' then begin
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption("No.")));
            exit;
        end;
        if not Item.Get(TempCaptureLine."No.") then begin
            Problems.Add(StrSubstNo(DoesNotExistErr, Item.TableCaption(), TempCaptureLine."No."));
            exit;
        end;
        if Item.Blocked then
            Problems.Add(StrSubstNo(BlockedErr, Item.FieldCaption(Blocked), Item.TableCaption(), Item."No."));
        // Carry Out would stop at these, and with them at every other line of the worksheet.
        if Item."Purchasing Blocked" then
            Problems.Add(StrSubstNo(BlockedErr, Item.FieldCaption("Purchasing Blocked"), Item.TableCaption(), Item."No."));
        if Item.IsVariantMandatory(true, Item."No.") then
            Problems.Add(StrSubstNo(VariantMandatoryErr, Item."No."));
        CheckItemUnit(Item, TempCaptureLine, Problems);
    end;

    local procedure CheckItemUnit(Item: Record Item; var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        ItemUnitOfMeasure: Record "Item Unit of Measure";
    begin
        if Item."Base Unit of Measure" = '' then begin
            Problems.Add(StrSubstNo(NoBaseUnitErr, Item."No."));
            exit;
        end;
        if TempCaptureLine."Unit of Measure Code" = '' then
            TempCaptureLine."Unit of Measure Code" := Item."Base Unit of Measure";
        if not ItemUnitOfMeasure.Get(Item."No.", TempCaptureLine."Unit of Measure Code") then begin
            Problems.Add(StrSubstNo(ItemUnitErr, ItemUnitOfMeasure.TableCaption(), Item."No.", TempCaptureLine."Unit of Measure Code"));
            exit;
        end;
        if ItemUnitOfMeasure."Qty. Rounding Precision" = 0 then
            exit;
        if Round(TempCaptureLine.Quantity, ItemUnitOfMeasure."Qty. Rounding Precision") <> TempCaptureLine.Quantity then
            Problems.Add(StrSubstNo(PrecisionErr, TempCaptureLine.Quantity, ItemUnitOfMeasure.Code, Item."No.", ItemUnitOfMeasure."Qty. Rounding Precision"));
    end;

    local procedure CheckAccount(TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        GLAccount: Record "G/L Account";
        UnitOfMeasure: Record "Unit of Measure";
    begin
        if TempCaptureLine."Unit of Measure Code" <> '' then
            if not UnitOfMeasure.Get(TempCaptureLine."Unit of Measure Code") then
                Problems.Add(StrSubstNo(DoesNotExistErr, UnitOfMeasure.TableCaption(), TempCaptureLine."Unit of Measure Code"));
        if TempCaptureLine."No." = '' then begin
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption("No.")));
            exit;
        end;
        if not GLAccount.Get(TempCaptureLine."No.") then begin
            Problems.Add(StrSubstNo(DoesNotExistErr, GLAccount.TableCaption(), TempCaptureLine."No."));
            exit;
        end;
        if GLAccount."Account Type" <> GLAccount."Account Type"::Posting then
            Problems.Add(StrSubstNo(AccountTypeErr, GLAccount."No."));
        if GLAccount.Blocked then
            Problems.Add(StrSubstNo(BlockedErr, GLAccount.FieldCaption(Blocked), GLAccount.TableCaption(), GLAccount."No."));
        if not GLAccount."Direct Posting" then
            Problems.Add(StrSubstNo(DirectPostingErr, GLAccount.FieldCaption("Direct Posting"), GLAccount.TableCaption(), GLAccount."No."));
    end;

    local procedure CheckVendor(TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        Vendor: Record Vendor;
    begin
        if TempCaptureLine."Vendor No." = '' then begin
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption("Vendor No.")));
            exit;
        end;
        if not Vendor.Get(TempCaptureLine."Vendor No.") then begin
            Problems.Add(StrSubstNo(DoesNotExistErr, Vendor.TableCaption(), TempCaptureLine."Vendor No."));
            exit;
        end;
        if Vendor.Blocked = Vendor.Blocked::All then
            Problems.Add(StrSubstNo(VendorBlockedErr, Vendor."No.", Vendor.Blocked));
        if Vendor."Privacy Blocked" then
            Problems.Add(StrSubstNo(VendorPrivacyErr, Vendor."No."));
    end;

    local procedure CheckCurrency(var TempCaptureLine: Record "PUN Capture Line" temporary; var Problems: List of [Text])
    var
        Currency: Record Currency;
        CurrencyExchangeRate: Record "Currency Exchange Rate";
    begin
        if TempCaptureLine."Currency Code" = '' then begin
            Problems.Add(StrSubstNo(MustHaveValueErr, TempCaptureLine.FieldCaption("Currency Code")));
            exit;
        end;
        GeneralLedgerSetup.GetRecordOnce();
        // The local currency is stored as blank; its code would be taken for a foreign one.
        if TempCaptureLine."Currency Code" = GeneralLedgerSetup."LCY Code" then begin
            TempCaptureLine."Currency Code" := '';
            exit;
        end;
        if not Currency.Get(TempCaptureLine."Currency Code") then begin
            Problems.Add(StrSubstNo(DoesNotExistErr, Currency.TableCaption(), TempCaptureLine."Currency Code"));
            exit;
        end;
        CurrencyExchangeRate.SetRange("Currency Code", TempCaptureLine."Currency Code");
        CurrencyExchangeRate.SetRange("Starting Date", 0D, RequiredOrderDate);
        if CurrencyExchangeRate.IsEmpty() then
            Problems.Add(StrSubstNo(NoExchangeRateErr, TempCaptureLine."Currency Code", RequiredOrderDate));
    end;
}
