namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

/// <summary>
/// Writes one checked line to the requisition worksheet. The order of the fields is the point of it: each validation
/// of the base application overwrites others, and prices are computed anew up to the currency.
/// </summary>
codeunit 50103 "PUN Requisition Line Writer"
{
    Access = Internal;
    Permissions = tabledata "Requisition Line" = ri,
                  tabledata "Requisition Wksh. Name" = r;

    /// <summary>Locks the worksheet until the transaction ends, and gives the number of its next line.</summary>
    procedure NextLineNo(Capture: Record "PUN Capture"): Integer
    var
        RequisitionWkshName: Record "Requisition Wksh. Name";
        RequisitionLine: Record "Requisition Line";
    begin
        // The worksheet's own record is locked first: an empty worksheet has no line to lock, and two captures would
        // both begin at 10000.
        RequisitionWkshName.ReadIsolation(IsolationLevel::UpdLock);
        RequisitionWkshName.Get(Capture."Worksheet Template Name", Capture."Journal Batch Name");
        RequisitionLine.ReadIsolation(IsolationLevel::UpdLock);
        RequisitionLine.SetRange("Worksheet Template Name", Capture."Worksheet Template Name");
        RequisitionLine.SetRange("Journal Batch Name", Capture."Journal Batch Name");
        RequisitionLine.SetLoadFields("Line No.");
        if RequisitionLine.FindLast() then
            exit(RequisitionLine."Line No." + LineNoStep());
        exit(LineNoStep());
    end;

    /// <summary>The distance between two lines.</summary>
    procedure LineNoStep(): Integer
    begin
        exit(10000);
    end;

    /// <summary>Writes the line.</summary>
    /// <param name="OrderDate">The day of the capture; exchange rates and the due date go by it.</param>
    procedure Write(Capture: Record "PUN Capture"; CaptureLine: Record "PUN Capture Line"; OrderDate: Date)
    var
        RequisitionLine: Record "Requisition Line";
    begin
        RequisitionLine.Init();
        RequisitionLine."Worksheet Template Name" := Capture."Worksheet Template Name";
        RequisitionLine."Journal Batch Name" := Capture."Journal Batch Name";
        RequisitionLine."Line No." := CaptureLine."Requisition Line No.";
        if CaptureLine.Kind = CaptureLine.Kind::Note then
            FillNote(RequisitionLine, CaptureLine)
        else
            FillOrder(RequisitionLine, CaptureLine, OrderDate);
        RequisitionLine.Validate("Requester ID", Capture."Requester ID");
        RequisitionLine."PUN Capture ID" := Capture."Capture ID";
        RequisitionLine."PUN Capture Line No." := CaptureLine."Capture Line No.";
        RequisitionLine."PUN Supplier Host" := Capture."Supplier Host";
        RequisitionLine.Insert(true);
    end;

    /// <summary>
    /// A note has no number, vendor or quantity, and is not accepted: otherwise it would stop the carrying out of the
    /// whole worksheet, or vanish with it.
    /// </summary>
    local procedure FillNote(var RequisitionLine: Record "Requisition Line"; CaptureLine: Record "PUN Capture Line")
    begin
        RequisitionLine.Description := CaptureLine.Description;
        RequisitionLine."Description 2" := CaptureLine."Description 2";
        RequisitionLine."Action Message" := RequisitionLine."Action Message"::" ";
        RequisitionLine."Accept Action Message" := false;
    end;

    local procedure FillOrder(var RequisitionLine: Record "Requisition Line"; CaptureLine: Record "PUN Capture Line"; OrderDate: Date)
    begin
        // Type empties every other field, and is the first therefore; the currency needs the order date.
        RequisitionLine.Validate(Type, TypeOf(CaptureLine));
        RequisitionLine.Validate("Order Date", OrderDate);
        RequisitionLine.Validate("No.", CaptureLine."No.");
        if RequisitionLine."Replenishment System" <> RequisitionLine."Replenishment System"::Purchase then
            RequisitionLine.Validate("Replenishment System", RequisitionLine."Replenishment System"::Purchase);
        RequisitionLine.Validate("Vendor No.", CaptureLine."Vendor No.");
        RequisitionLine.TestField("Vendor No.", CaptureLine."Vendor No.");
        if CaptureLine."Unit of Measure Code" <> '' then
            RequisitionLine.Validate("Unit of Measure Code", CaptureLine."Unit of Measure Code");
        RequisitionLine.Validate(Quantity, CaptureLine.Quantity);
        // The vendor's lead time has moved the order date; the capture's day stands.
        RequisitionLine.Validate("Order Date", OrderDate);
        if CaptureLine."Due Date" <> 0D then
            RequisitionLine.Validate("Due Date", CaptureLine."Due Date")
        else
            RequisitionLine.Validate("Due Date", OrderDate);
        RequisitionLine."Order Date" := OrderDate;
        // The vendor has brought its own currency, and each currency a price: both are replaced, the price last.
        RequisitionLine.Validate("Currency Code", CaptureLine."Currency Code");
        RequisitionLine."Line Discount %" := 0;
        RequisitionLine."Direct Unit Cost" := CaptureLine."Direct Unit Cost";
        FillTexts(RequisitionLine, CaptureLine);
        RequisitionLine."Action Message" := RequisitionLine."Action Message"::New;
        RequisitionLine."Accept Action Message" := true;
    end;

    local procedure FillTexts(var RequisitionLine: Record "Requisition Line"; CaptureLine: Record "PUN Capture Line")
    begin
        RequisitionLine."Vendor Item No." := CaptureLine."Vendor Item No.";
        // Without a description in the cart, that of the item or account stands.
        if DelChr(CaptureLine.Description, '<>', ' ') <> '' then begin
            RequisitionLine.Description := CaptureLine.Description;
            RequisitionLine."Description 2" := '';
        end;
        if CaptureLine."Description 2" <> '' then
            RequisitionLine."Description 2" := CaptureLine."Description 2";
    end;

    local procedure TypeOf(CaptureLine: Record "PUN Capture Line"): Enum "Requisition Line Type"
    begin
        case CaptureLine.Kind of
            CaptureLine.Kind::Item:
                exit("Requisition Line Type"::Item);
            CaptureLine.Kind::"G/L Account":
                exit("Requisition Line Type"::"G/L Account");
        end;
        exit("Requisition Line Type"::" ");
    end;
}
