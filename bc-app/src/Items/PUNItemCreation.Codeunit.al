namespace Punchout.Procurement;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Item.Catalog;
using Microsoft.Purchases.Vendor;

/// <summary>Creates an item from a template, for a supplier's number that has none.</summary>
codeunit 50110 "PUN Item Creation"
{
    Access = Internal;
    Permissions = tabledata Vendor = r,
                  tabledata "Item Templ." = r;

    var
        NotCreatedErr: Label 'No item could be created from the item template %1. Check its number series in Business Central.', Comment = '%1 = code of the item template';

    /// <summary>
    /// Creates the item, or answers with the one that has the supplier's number already: so a repeated request makes
    /// no second item.
    /// </summary>
    procedure Create(var TempNewItem: Record "PUN New Item" temporary)
    var
        Item: Record Item;
        ItemTempl: Record "Item Templ.";
        Vendor: Record Vendor;
        ItemTemplMgt: Codeunit "Item Templ. Mgt.";
        IsHandled: Boolean;
    begin
        TempNewItem.TestField("Template Code");
        TempNewItem.TestField(Description);
        TempNewItem.TestField("Vendor No.");
        Vendor.Get(TempNewItem."Vendor No.");
        ItemTempl.Get(TempNewItem."Template Code");
        if FindExisting(TempNewItem) then
            exit;
        if not ItemTemplMgt.CreateItemFromTemplate(Item, IsHandled, ItemTempl.Code) then
            Error(NotCreatedErr, ItemTempl.Code);
        Item.Validate(Description, TempNewItem.Description);
        Item.Validate("Vendor No.", Vendor."No.");
        Item.Validate("Vendor Item No.", TempNewItem."Vendor Item No.");
        Item.Modify(true);
        AddReference(Item, TempNewItem);
        TempNewItem."Item No." := Item."No.";
        TempNewItem.Created := true;
    end;

    local procedure FindExisting(var TempNewItem: Record "PUN New Item" temporary): Boolean
    var
        TempItemMatch: Record "PUN Item Match" temporary;
        ItemFinder: Codeunit "PUN Item Finder";
    begin
        ItemFinder.Find(TempNewItem."Vendor No.", TempNewItem."Vendor Item No.", TempItemMatch);
        if not TempItemMatch.FindFirst() then
            exit(false);
        TempNewItem."Item No." := TempItemMatch."Item No.";
        TempNewItem.Created := false;
        exit(true);
    end;

    local procedure AddReference(Item: Record Item; TempNewItem: Record "PUN New Item" temporary)
    var
        ItemReference: Record "Item Reference";
    begin
        if TempNewItem."Vendor Item No." = '' then
            exit;
        ItemReference.Init();
        ItemReference.Validate("Item No.", Item."No.");
        ItemReference.Validate("Unit of Measure", Item."Base Unit of Measure");
        ItemReference.Validate("Reference Type", ItemReference."Reference Type"::Vendor);
        ItemReference.Validate("Reference Type No.", TempNewItem."Vendor No.");
        ItemReference.Validate("Reference No.", CopyStr(TempNewItem."Vendor Item No.", 1, MaxStrLen(ItemReference."Reference No.")));
        ItemReference.Insert(true);
    end;
}
