#if PUNCHOUTTESTS
namespace Punchout.Procurement.Test;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Item.Catalog;
using Microsoft.Purchases.Vendor;
using Punchout.Procurement;
using System.TestLibraries.Utilities;

codeunit 50153 "PUN Item Finder Test"
{
    Subtype = Test;
    TestPermissions = Disabled;

    var
        Item: Record Item;
        Vendor: Record Vendor;
        Assert: Codeunit "Library Assert";
        ItemFinder: Codeunit "PUN Item Finder";
        TestWorld: Codeunit "PUN Test World";

    [Test]
    procedure AnItemReferenceOfTheVendorMatchesWhateverTheCase()
    var
        ItemReference: Record "Item Reference";
    begin
        Initialize();
        ItemReference."Item No." := Item."No.";
        ItemReference."Reference Type" := ItemReference."Reference Type"::Vendor;
        ItemReference."Reference Type No." := Vendor."No.";
        ItemReference."Reference No." := 'AB-1';
        ItemReference.Insert();
        AssertMatchedBy('ab-1', 'ItemReference');
    end;

    [Test]
    procedure TheVendorItemNoMatches()
    begin
        Initialize();
        Item."Vendor No." := Vendor."No.";
        Item."Vendor Item No." := 'Vin-77';
        Item.Modify();
        AssertMatchedBy('Vin-77', 'VendorItemNo');
    end;

    [Test]
    procedure TheGtinMatches()
    begin
        Initialize();
        Item.GTIN := '04006381333931';
        Item.Modify();
        AssertMatchedBy('04006381333931', 'GTIN');
    end;

    [Test]
    procedure ABlockedItemDoesNotMatch()
    var
        TempItemMatch: Record "PUN Item Match" temporary;
    begin
        Initialize();
        Item.GTIN := '04006381333932';
        Item.Blocked := true;
        Item.Modify();
        ItemFinder.Find(Vendor."No.", '04006381333932', TempItemMatch);
        Assert.RecordIsEmpty(TempItemMatch);
    end;

    [Test]
    procedure TheValuesOfAFilterAreToldApart()
    var
        Values: List of [Text];
    begin
        Values := ItemFinder.FilterValues('A|''B|''''C''');
        Assert.AreEqual(2, Values.Count(), 'The bar within quotes does not part values.');
        Assert.AreEqual('A', Values.Get(1), 'The first value.');
        Assert.AreEqual('B|''C', Values.Get(2), 'The quoted value.');
    end;

    local procedure Initialize()
    begin
        TestWorld.CreateItem(Item);
        TestWorld.CreateVendor(Vendor);
    end;

    local procedure AssertMatchedBy(PartId: Text[50]; Expected: Text)
    var
        TempItemMatch: Record "PUN Item Match" temporary;
    begin
        ItemFinder.Find(Vendor."No.", PartId, TempItemMatch);
        TempItemMatch.SetRange("Item No.", Item."No.");
        TempItemMatch.FindFirst();
        TempItemMatch.TestField("Matched By", Expected);
    end;
}
#endif
