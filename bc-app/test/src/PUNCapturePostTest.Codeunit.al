#if PUNCHOUTTESTS
namespace Punchout.Procurement.Test;

using Microsoft.Finance.Currency;
using Microsoft.Inventory.Item;
using Microsoft.Inventory.Requisition;
using Microsoft.Purchases.Vendor;
using Punchout.Procurement;
using System.Automation;
using System.TestLibraries.Utilities;

codeunit 50151 "PUN Capture Post Test"
{
    Subtype = Test;
    TestPermissions = Disabled;

    var
        Item: Record Item;
        RequisitionWkshName: Record "Requisition Wksh. Name";
        Vendor: Record Vendor;
        Assert: Codeunit "Library Assert";
        CapturePost: Codeunit "PUN Capture Post";
        LibraryERM: Codeunit "Library - ERM";
        TestWorld: Codeunit "PUN Test World";

    [Test]
    procedure ALineBecomesARequisitionLineInEveryField()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
    begin
        Initialize();
        PostLine(TestWorld.ItemLine(Item."No.", Vendor."No."), Capture);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        RequisitionLine.TestField(Type, RequisitionLine.Type::Item);
        RequisitionLine.TestField("No.", Item."No.");
        RequisitionLine.TestField("Vendor No.", Vendor."No.");
        RequisitionLine.TestField("Vendor Item No.", 'Ab-1/x');
        RequisitionLine.TestField(Description, 'From the cart');
        RequisitionLine.TestField(Quantity, 3);
        RequisitionLine.TestField("Unit of Measure Code", Item."Base Unit of Measure");
        RequisitionLine.TestField("Order Date", 20261122D);
        RequisitionLine.TestField("Due Date", 20261122D);
        RequisitionLine.TestField("Requester ID", UserId());
        RequisitionLine.TestField("Accept Action Message", true);
        RequisitionLine.TestField("PUN Supplier Host", 'shop.example');
    end;

    [Test]
    procedure ThePriceOfTheCartOutlivesLastDirectCostAndTheVendorsCurrency()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
    begin
        Initialize();
        Item."Last Direct Cost" := 99;
        Item.Modify();
        Vendor.Validate("Currency Code", LibraryERM.CreateCurrencyWithExchangeRate(20200101D, 2, 2));
        Vendor.Modify();
        PostLine(TestWorld.ItemLine(Item."No.", Vendor."No."), Capture);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        RequisitionLine.TestField("Direct Unit Cost", 12.34567);
        RequisitionLine.TestField("Line Discount %", 0);
        RequisitionLine.TestField("Currency Code", '');
    end;

    [Test]
    procedure AForeignCurrencyIsKept()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
        Line: JsonObject;
        CurrencyCode: Code[10];
    begin
        Initialize();
        CurrencyCode := LibraryERM.CreateCurrencyWithExchangeRate(20200101D, 2, 2);
        Line := TestWorld.ItemLine(Item."No.", Vendor."No.");
        Line.Replace('currencyCode', CurrencyCode);
        PostLine(Line, Capture);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        RequisitionLine.TestField("Currency Code", CurrencyCode);
        RequisitionLine.TestField("Direct Unit Cost", 12.34567);
    end;

    [Test]
    procedure ANoteHasNothingThatWouldBlockCarryOut()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
    begin
        Initialize();
        PostLine(TestWorld.NoteLine('Ask for a sample'), Capture);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        RequisitionLine.TestField(Description, 'Ask for a sample');
        RequisitionLine.TestField("No.", '');
        RequisitionLine.TestField("Vendor No.", '');
        RequisitionLine.TestField(Quantity, 0);
        RequisitionLine.TestField("Accept Action Message", false);
    end;

    [Test]
    procedure ANoteThatBecomesAnItemKeepsItsOrigin()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
    begin
        Initialize();
        PostLine(TestWorld.NoteLine('Ask for a sample'), Capture);
        TestWorld.FindRequisitionLine(Capture, 1, RequisitionLine);
        RequisitionLine.Validate(Type, RequisitionLine.Type::Item);
        RequisitionLine.Validate("No.", Item."No.");
        RequisitionLine.TestField("PUN Capture ID", Capture."Capture ID");
        RequisitionLine.TestField("PUN Supplier Host", 'shop.example');
    end;

    [Test]
    procedure LineNumbersGoOnFromTheLastOfTheWorksheet()
    var
        FirstCapture: Record "PUN Capture";
        SecondCapture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
    begin
        Initialize();
        PostLine(TestWorld.NoteLine('One'), FirstCapture);
        PostLine(TestWorld.NoteLine('Two'), SecondCapture);
        TestWorld.FindRequisitionLine(SecondCapture, 1, RequisitionLine);
        RequisitionLine.TestField("Line No.", 20000);
    end;

    [Test]
    procedure TheSameIdAgainIsRefusedEvenAfterItsLinesAreGone()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
        Lines: JsonArray;
        LinesText: Text;
    begin
        Initialize();
        Lines.Add(TestWorld.NoteLine('Once'));
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        CapturePost.Post(Capture, LinesText);
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        RequisitionLine.DeleteAll();
        asserterror CapturePost.Post(Capture, LinesText);
        Assert.ExpectedErrorCode('DB:RecordExists');
    end;

    [Test]
    procedure EveryBadLineIsNamedAndNothingIsWritten()
    var
        Capture: Record "PUN Capture";
        RequisitionLine: Record "Requisition Line";
        BadLine: JsonObject;
        Lines: JsonArray;
        LinesText: Text;
    begin
        Initialize();
        BadLine := TestWorld.ItemLine(Item."No.", 'NOBODY');
        BadLine.Replace('quantity', '0');
        Lines.Add(BadLine);
        Lines.Add(TestWorld.NoteLine('Good'));
        Lines.Add(TestWorld.ItemLine('NOTHING', Vendor."No."));
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        Commit();
        asserterror CapturePost.Post(Capture, LinesText);
        Assert.ExpectedMessage('Line 1: The Vendor ''NOBODY'' does not exist.', GetLastErrorText());
        Assert.ExpectedMessage('Line 1: Quantity must be greater than 0.', GetLastErrorText());
        Assert.ExpectedMessage('Line 3: The Item ''NOTHING'' does not exist.', GetLastErrorText());
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        Assert.RecordIsEmpty(RequisitionLine);
        Assert.IsFalse(Capture.Find(), 'A refused capture leaves its id free.');
    end;

    [Test]
    procedure ACurrencyWithoutAnExchangeRateIsRefused()
    var
        Currency: Record Currency;
        Line: JsonObject;
    begin
        Initialize();
        LibraryERM.CreateCurrency(Currency);
        Line := TestWorld.ItemLine(Item."No.", Vendor."No.");
        Line.Replace('currencyCode', Currency.Code);
        AssertRefused(Line, 'There is no Currency Exchange Rate');
    end;

    [Test]
    procedure ABlockedVendorIsRefused()
    begin
        Initialize();
        Vendor.Blocked := Vendor.Blocked::All;
        Vendor.Modify();
        AssertRefused(TestWorld.ItemLine(Item."No.", Vendor."No."), 'is blocked with type');
    end;

    [Test]
    procedure ABlockedItemIsRefused()
    begin
        Initialize();
        Item.Blocked := true;
        Item.Modify();
        AssertRefused(TestWorld.ItemLine(Item."No.", Vendor."No."), 'must be equal to ''No''');
    end;

    [Test]
    procedure AnUnknownPropertyIsRefused()
    var
        Line: JsonObject;
    begin
        Initialize();
        Line := TestWorld.ItemLine(Item."No.", Vendor."No.");
        Line.Add('qty', '1');
        AssertRefused(Line, 'The property ''qty'' is not known.');
    end;

    [Test]
    procedure TextsAreNeverCut()
    var
        Line: JsonObject;
    begin
        Initialize();
        Line := TestWorld.ItemLine(Item."No.", Vendor."No.");
        Line.Replace('vendorItemNumber', PadStr('', 51, '9'));
        AssertRefused(Line, 'vendorItemNumber has 51 characters, but at most 50 are possible.');
    end;

    [Test]
    procedure NumbersAreReadStrictly()
    begin
        Initialize();
        AssertQuantityRefused('1,5', 'quantity is not a decimal number.');
        AssertQuantityRefused('1e3', 'quantity is not a decimal number.');
        AssertQuantityRefused('1.000001', 'quantity has more than 5 decimals.');
        AssertQuantityRefused('1234567890123456', 'quantity has more than 15 digits before the point.');
    end;

    [Test]
    procedure AChangedTextIsRefused()
    var
        Capture: Record "PUN Capture";
        Lines: JsonArray;
        LinesText: Text;
    begin
        Initialize();
        Lines.Add(TestWorld.NoteLine('As sent'));
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        asserterror CapturePost.Post(Capture, LinesText.Replace('sent', 'bent'));
        Assert.ExpectedError('linesSha256');
    end;

    [Test]
    procedure AnOpenApprovalIsRefusedByName()
    var
        ApprovalEntry: Record "Approval Entry";
        Capture: Record "PUN Capture";
        Lines: JsonArray;
        LinesText: Text;
    begin
        Initialize();
        ApprovalEntry.Init();
        ApprovalEntry."Table ID" := Database::"Requisition Wksh. Name";
        ApprovalEntry."Record ID to Approve" := RequisitionWkshName.RecordId();
        ApprovalEntry.Status := ApprovalEntry.Status::Open;
        ApprovalEntry.Insert();
        Lines.Add(TestWorld.NoteLine('Waits'));
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        asserterror CapturePost.Post(Capture, LinesText);
        Assert.ExpectedError(RequisitionWkshName.Name);
    end;

    local procedure Initialize()
    begin
        TestWorld.CreateWorksheet(RequisitionWkshName);
        TestWorld.CreateItem(Item);
        TestWorld.CreateVendor(Vendor);
    end;

    local procedure PostLine(Line: JsonObject; var Capture: Record "PUN Capture")
    var
        Lines: JsonArray;
        LinesText: Text;
    begin
        Lines.Add(Line);
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        CapturePost.Post(Capture, LinesText);
    end;

    local procedure AssertRefused(Line: JsonObject; Expected: Text)
    var
        Capture: Record "PUN Capture";
        Lines: JsonArray;
        LinesText: Text;
    begin
        Lines.Add(Line);
        LinesText := TestWorld.CreateCapture(RequisitionWkshName, Lines, Capture);
        Commit();
        asserterror CapturePost.Post(Capture, LinesText);
        Assert.ExpectedError(Expected);
    end;

    local procedure AssertQuantityRefused(Quantity: Text; Expected: Text)
    var
        Line: JsonObject;
    begin
        Line := TestWorld.ItemLine(Item."No.", Vendor."No.");
        Line.Replace('quantity', Quantity);
        AssertRefused(Line, Expected);
    end;
}
#endif
