#if PUNCHOUTTESTS
namespace Punchout.Procurement.Test;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Requisition;
using Microsoft.Purchases.Document;
using Microsoft.Purchases.Vendor;
using Punchout.Procurement;
using System.TestLibraries.Utilities;

codeunit 50154 "PUN Carry Over Test"
{
    Subtype = Test;
    TestPermissions = Disabled;

    var
        Assert: Codeunit "Library Assert";
        LibraryPlanning: Codeunit "Library - Planning";
        TestWorld: Codeunit "PUN Test World";

    [Test]
    [HandlerFunctions('MessageHandler')]
    procedure ThePurchaseLineSaysWhereItCameFromAndCostsWhatTheCartSaid()
    var
        Capture: Record "PUN Capture";
        CaptureLine: Record "PUN Capture Line";
        PurchaseLine: Record "Purchase Line";
        RequisitionLine: Record "Requisition Line";
    begin
        PostAndCarryOut(Capture);
        PurchaseLine.SetRange("PUN Capture ID", Capture."Capture ID");
        PurchaseLine.FindFirst();
        PurchaseLine.TestField("PUN Capture Line No.", 1);
        PurchaseLine.TestField("PUN Supplier Host", 'shop.example');
        PurchaseLine.TestField("Direct Unit Cost", 12.34567);
        PurchaseLine.TestField("Vendor Item No.", 'Ab-1/x');
        CaptureLine.Get(Capture."Capture ID", 1);
        CaptureLine.TestField("Purchase Order No.", PurchaseLine."Document No.");
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        Assert.RecordIsEmpty(RequisitionLine);
        Assert.IsTrue(Capture.Find(), 'The capture survives its lines.');
    end;

    local procedure PostAndCarryOut(var Capture: Record "PUN Capture")
    var
        Item: Record Item;
        RequisitionLine: Record "Requisition Line";
        RequisitionWkshName: Record "Requisition Wksh. Name";
        Vendor: Record Vendor;
        CapturePost: Codeunit "PUN Capture Post";
        Lines: JsonArray;
        LinesText: Text;
    begin
        TestWorld.CreateWorksheet(RequisitionWkshName);
        TestWorld.CreateItem(Item);
        TestWorld.CreateVendor(Vendor);
        Lines.Add(TestWorld.ItemLine(Item."No.", Vendor."No."));
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        CapturePost.Post(Capture, LinesText);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        LibraryPlanning.CarryOutReqWksh(RequisitionLine, WorkDate(), WorkDate(), WorkDate(), WorkDate(), '');
    end;

    [MessageHandler]
    procedure MessageHandler(Message: Text[1024])
    begin
    end;
}
#endif
