namespace Punchout.Procurement;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Item.Catalog;

/// <summary>Finds the items that a supplier's number stands for, and says why.</summary>
codeunit 50109 "PUN Item Finder"
{
    Access = Internal;
    Permissions = tabledata Item = r,
                  tabledata "Item Reference" = r,
                  tabledata "Item Vendor" = r;

    var
        ItemReferenceTok: Label 'ItemReference', Locked = true;
        VendorItemNoTok: Label 'VendorItemNo', Locked = true;
        GtinTok: Label 'GTIN', Locked = true;
        ManufacturerPartNoTok: Label 'ManufacturerPartNo', Locked = true;
        QuoteTok: Label '''', Locked = true;
        DoubledQuoteTok: Label '''''', Locked = true;
        OrTok: Label '|', Locked = true;

    /// <summary>Adds every item that is not blocked and that the number stands for.</summary>
    procedure Find(VendorNo: Code[20]; SupplierPartId: Text[50]; var TempItemMatch: Record "PUN Item Match" temporary)
    begin
        if SupplierPartId = '' then
            exit;
        FindReferences("Item Reference Type"::Vendor, VendorNo, SupplierPartId, ItemReferenceTok, TempItemMatch);
        FindVendorItemNo(VendorNo, SupplierPartId, TempItemMatch);
        FindGtin(VendorNo, SupplierPartId, TempItemMatch);
        // The base application has no field for a manufacturer's number; a reference that belongs to nobody holds it.
        FindReferences("Item Reference Type"::" ", VendorNo, SupplierPartId, ManufacturerPartNoTok, TempItemMatch);
    end;

    /// <summary>
    /// The values of a filter, as the platform writes several equalities on a field: 'a&amp;b'|c. A quote within quotes
    /// is doubled.
    /// </summary>
    procedure FilterValues(FilterText: Text) Values: List of [Text]
    var
        Current: TextBuilder;
        Letter: Text;
        Position: Integer;
        IsQuoted: Boolean;
    begin
        Position := 1;
        while Position <= StrLen(FilterText) do begin
            Letter := CopyStr(FilterText, Position, 1);
            case true of
                IsQuoted and (CopyStr(FilterText, Position, 2) = DoubledQuoteTok):
                    begin
                        Current.Append(Letter);
                        Position += 1;
                    end;
                Letter = QuoteTok:
                    IsQuoted := not IsQuoted;
                (Letter = OrTok) and not IsQuoted:
                    begin
                        Values.Add(Current.ToText());
                        Current.Clear();
                    end;
                else
                    Current.Append(Letter);
            end;
            Position += 1;
        end;
        Values.Add(Current.ToText());
    end;

    local procedure FindReferences(ReferenceType: Enum "Item Reference Type"; VendorNo: Code[20]; SupplierPartId: Text[50]; MatchedBy: Text[20]; var TempItemMatch: Record "PUN Item Match" temporary)
    var
        ItemReference: Record "Item Reference";
    begin
        ItemReference.SetRange("Reference Type", ReferenceType);
        if ReferenceType = ReferenceType::Vendor then
            ItemReference.SetRange("Reference Type No.", VendorNo);
        ItemReference.SetRange("Reference No.", CopyStr(UpperCase(SupplierPartId), 1, MaxStrLen(ItemReference."Reference No.")));
        ItemReference.SetFilter("Starting Date", '..%1', Today());
        ItemReference.SetFilter("Ending Date", '%1|%2..', 0D, Today());
        ItemReference.SetLoadFields("Item No.");
        if ItemReference.FindSet() then
            repeat
                Add(VendorNo, SupplierPartId, ItemReference."Item No.", MatchedBy, TempItemMatch);
            until ItemReference.Next() = 0;
    end;

    local procedure FindVendorItemNo(VendorNo: Code[20]; SupplierPartId: Text[50]; var TempItemMatch: Record "PUN Item Match" temporary)
    var
        Item: Record Item;
        ItemVendor: Record "Item Vendor";
    begin
        ItemVendor.SetRange("Vendor No.", VendorNo);
        ItemVendor.SetRange("Vendor Item No.", SupplierPartId);
        ItemVendor.SetLoadFields("Item No.");
        if ItemVendor.FindSet() then
            repeat
                Add(VendorNo, SupplierPartId, ItemVendor."Item No.", VendorItemNoTok, TempItemMatch);
            until ItemVendor.Next() = 0;
        Item.SetRange("Vendor No.", VendorNo);
        Item.SetRange("Vendor Item No.", SupplierPartId);
        AddItems(Item, VendorNo, SupplierPartId, VendorItemNoTok, TempItemMatch);
    end;

    local procedure FindGtin(VendorNo: Code[20]; SupplierPartId: Text[50]; var TempItemMatch: Record "PUN Item Match" temporary)
    var
        Item: Record Item;
    begin
        FindReferences("Item Reference Type"::"Bar Code", VendorNo, SupplierPartId, GtinTok, TempItemMatch);
        if StrLen(SupplierPartId) > MaxStrLen(Item.GTIN) then
            exit;
        Item.SetRange(GTIN, CopyStr(SupplierPartId, 1, MaxStrLen(Item.GTIN)));
        AddItems(Item, VendorNo, SupplierPartId, GtinTok, TempItemMatch);
    end;

    local procedure AddItems(var Item: Record Item; VendorNo: Code[20]; SupplierPartId: Text[50]; MatchedBy: Text[20]; var TempItemMatch: Record "PUN Item Match" temporary)
    begin
        Item.SetLoadFields("No.");
        if Item.FindSet() then
            repeat
                Add(VendorNo, SupplierPartId, Item."No.", MatchedBy, TempItemMatch);
            until Item.Next() = 0;
    end;

    local procedure Add(VendorNo: Code[20]; SupplierPartId: Text[50]; ItemNo: Code[20]; MatchedBy: Text[20]; var TempItemMatch: Record "PUN Item Match" temporary)
    var
        Item: Record Item;
    begin
        Item.SetLoadFields(Description, Blocked);
        if not Item.Get(ItemNo) then
            exit;
        if Item.Blocked or TempItemMatch.Get(VendorNo, SupplierPartId, ItemNo, MatchedBy) then
            exit;
        TempItemMatch.Init();
        TempItemMatch."Vendor No." := VendorNo;
        TempItemMatch."Supplier Part ID" := SupplierPartId;
        TempItemMatch."Item No." := ItemNo;
        TempItemMatch."Matched By" := MatchedBy;
        TempItemMatch."Display Name" := Item.Description;
        TempItemMatch.Insert();
    end;
}
