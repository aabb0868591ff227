#if PUNCHOUTTESTS
namespace Punchout.Procurement.Test;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Requisition;
using Microsoft.Purchases.Vendor;
using Punchout.Procurement;
using System.TestLibraries.Utilities;

codeunit 50152 "PUN Capture Check Test"
{
    Subtype = Test;
    TestPermissions = Disabled;

    var
        Item: Record Item;
        RequisitionWkshName: Record "Requisition Wksh. Name";
        Vendor: Record Vendor;
        Assert: Codeunit "Library Assert";
        TestWorld: Codeunit "PUN Test World";

    [Test]
    procedure AGoodCaptureHasNoProblemsAndLeavesNothingBehind()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
        Lines: JsonArray;
    begin
        Initialize();
        Lines.Add(TestWorld.ItemLine(Item."No.", Vendor."No."));
        Assert.AreEqual('[]', Check(Lines, Capture), 'A good capture has no problems.');
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        Assert.RecordIsEmpty(RequisitionLine);
        Assert.IsFalse(Capture.Find(), 'A dry run stores no capture.');
    end;

    [Test]
    procedure WhatOnlyTheBaseApplicationObjectsToIsFound()
    var
        Capture: Record "PUN Capture";
        ChangedItem: Record Item;
        Lines: JsonArray;
    begin
        Initialize();
        ChangedItem := Item;
        ChangedItem."Purch. Unit of Measure" := 'NOWHERE';
        ChangedItem.Modify();
        Lines.Add(TestWorld.ItemLine(Item."No.", Vendor."No."));
        Assert.AreNotEqual('[]', Check(Lines, Capture), 'The unit that the item is bought in does not exist.');
    end;

    [Test]
    procedure EveryProblemIsListedWithItsLine()
    var
        Capture: Record "PUN Capture";
        Lines: JsonArray;
    begin
        Initialize();
        Lines.Add(TestWorld.NoteLine('Good'));
        Lines.Add(TestWorld.ItemLine('NOTHING', Vendor."No."));
        Assert.AreEqual('[{"line":2,"message":"The Item ''NOTHING'' does not exist."}]', Check(Lines, Capture), 'The second line is bad.');
    end;

    local procedure Initialize()
    begin
        TestWorld.CreateWorksheet(RequisitionWkshName);
        TestWorld.CreateItem(Item);
        TestWorld.CreateVendor(Vendor);
    end;

    local procedure Check(Lines: JsonArray; var Capture: Record "PUN Capture"): Text
    var
        CaptureCheck: Codeunit "PUN Capture Check";
        LinesText: Text;
    begin
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        // A rehearsal is taken back to the last commit.
        Commit();
        exit(CaptureCheck.Check(Capture, LinesText));
    end;
}
#endif
