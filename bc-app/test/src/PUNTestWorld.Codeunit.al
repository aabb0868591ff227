#if PUNCHOUTTESTS
namespace Punchout.Procurement.Test;

using Microsoft.Finance.GeneralLedger.Setup;
using Microsoft.Inventory.Item;
using Microsoft.Inventory.Requisition;
using Microsoft.Purchases.Vendor;
using Punchout.Procurement;
using System.Security.Encryption;

/// <summary>What the tests start from: a worksheet, a vendor, an item, and captures in the shape of the API.</summary>
codeunit 50150 "PUN Test World"
{
    var
        LibraryInventory: Codeunit "Library - Inventory";
        LibraryPlanning: Codeunit "Library - Planning";
        LibraryPurchase: Codeunit "Library - Purchase";

    /// <summary>A requisition worksheet without lines.</summary>
    procedure CreateWorksheet(var RequisitionWkshName: Record "Requisition Wksh. Name")
    begin
        LibraryPlanning.CreateRequisitionWkshName(RequisitionWkshName, LibraryPlanning.SelectRequisitionTemplateName());
    end;

    /// <summary>An item that is bought.</summary>
    procedure CreateItem(var Item: Record Item)
    begin
        LibraryInventory.CreateItem(Item);
    end;

    /// <summary>A vendor in the local currency.</summary>
    procedure CreateVendor(var Vendor: Record Vendor)
    begin
        LibraryPurchase.CreateVendor(Vendor);
    end;

    /// <summary>The code of the local currency; set where the company has none.</summary>
    procedure LocalCurrencyCode(): Code[10]
    var
        GeneralLedgerSetup: Record "General Ledger Setup";
    begin
        GeneralLedgerSetup.Get();
        if GeneralLedgerSetup."LCY Code" = '' then begin
            GeneralLedgerSetup."LCY Code" := 'LCY';
            GeneralLedgerSetup.Modify();
        end;
        exit(GeneralLedgerSetup."LCY Code");
    end;

    /// <summary>A line that orders an item.</summary>
    procedure ItemLine(ItemNo: Code[20]; VendorNo: Code[20]) Line: JsonObject
    begin
        Line.Add('kind', 'Item');
        Line.Add('number', ItemNo);
        Line.Add('vendorNumber', VendorNo);
        Line.Add('vendorItemNumber', 'Ab-1/x');
        Line.Add('description', 'From the cart');
        Line.Add('quantity', '3');
        Line.Add('directUnitCost', '12.34567');
        Line.Add('currencyCode', LocalCurrencyCode());
    end;

    /// <summary>A line that is never ordered.</summary>
    procedure NoteLine(Description: Text) Line: JsonObject
    begin
        Line.Add('kind', 'Note');
        Line.Add('description', Description);
    end;

    /// <summary>A capture of the lines, with a digest and a count that are right.</summary>
    procedure CreateCapture(RequisitionWkshName: Record "Requisition Wksh. Name"; Lines: JsonArray; var Capture: Record "PUN Capture") LinesText: Text
    var
        CryptographyManagement: Codeunit "Cryptography Management";
        HashAlgorithmType: Option MD5,SHA1,SHA256,SHA384,SHA512;
    begin
        Lines.WriteTo(LinesText);
        Clear(Capture);
        Capture."Capture ID" := CreateGuid();
        Capture."Worksheet Template Name" := RequisitionWkshName."Worksheet Template Name";
        Capture."Journal Batch Name" := RequisitionWkshName.Name;
        Capture."Supplier Host" := 'shop.example';
        Capture."Captured At" := CreateDateTime(20261122D, 101500T);
        Capture."Line Count" := Lines.Count();
        Capture."Lines SHA-256" := CopyStr(LowerCase(CryptographyManagement.GenerateHash(LinesText, HashAlgorithmType::SHA256)), 1, MaxStrLen(Capture."Lines SHA-256"));
    end;

    /// <summary>The line that came of a capture's line.</summary>
    procedure FindRequisitionLine(Capture: Record "PUN Capture"; CaptureLineNo: Integer; var RequisitionLine: Record "Requisition Line")
    begin
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        RequisitionLine.SetRange("PUN Capture Line No.", CaptureLineNo);
        RequisitionLine.FindFirst();
    end;
}
#endif
