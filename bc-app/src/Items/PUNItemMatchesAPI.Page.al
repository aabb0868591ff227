namespace Punchout.Procurement;

/// <summary>Items that a supplier's number stands for. Must be filtered by vendor and number.</summary>
page 50106 "PUN Item Matches API"
{
    PageType = API;
    Caption = 'itemMatches', Locked = true;
    APIPublisher = 'punchout';
    APIGroup = 'procurement';
    APIVersion = 'v1.0';
    EntityName = 'itemMatch';
    EntitySetName = 'itemMatches';
    EntityCaption = 'Item Match';
    EntitySetCaption = 'Item Matches';
    SourceTable = "PUN Item Match";
    ODataKeyFields = "Vendor No.", "Supplier Part ID", "Item No.", "Matched By";
    DelayedInsert = true;
    Editable = false;
    InsertAllowed = false;
    ModifyAllowed = false;
    DeleteAllowed = false;
    DataAccessIntent = ReadOnly;
    Extensible = false;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field(vendorNumber; Rec."Vendor No.")
                {
                    Caption = 'vendorNumber', Locked = true;
                }
                field(supplierPartId; Rec."Supplier Part ID")
                {
                    Caption = 'supplierPartId', Locked = true;
                }
                field(itemNumber; Rec."Item No.")
                {
                    Caption = 'itemNumber', Locked = true;
                }
                field(displayName; Rec."Display Name")
                {
                    Caption = 'displayName', Locked = true;
                }
                field(matchedBy; Rec."Matched By")
                {
                    Caption = 'matchedBy', Locked = true;
                }
            }
        }
    }

    var
        IsLoaded: Boolean;
        FilterMissingErr: Label 'You must filter on vendorNumber and supplierPartId to find matching items.', Comment = 'vendorNumber and supplierPartId are names of properties and are not translated';

    trigger OnFindRecord(Which: Text): Boolean
    var
        RequestedView: Text;
    begin
        if not IsLoaded then begin
            RequestedView := Rec.GetView();
            Load(Rec.GetFilter("Vendor No."), Rec.GetFilter("Supplier Part ID"));
            Rec.SetView(RequestedView);
            IsLoaded := true;
        end;
        exit(Rec.Find(Which));
    end;

    local procedure Load(VendorFilter: Text; PartFilter: Text)
    var
        ItemFinder: Codeunit "PUN Item Finder";
        VendorNo: Text;
        PartId: Text;
    begin
        if (VendorFilter = '') or (PartFilter = '') then
            Error(FilterMissingErr);
        Rec.Reset();
        foreach VendorNo in ItemFinder.FilterValues(VendorFilter) do
            foreach PartId in ItemFinder.FilterValues(PartFilter) do
                // What is longer than the field matches nothing; a part of it would be another number.
                if (StrLen(VendorNo) <= MaxStrLen(Rec."Vendor No.")) and (StrLen(PartId) <= MaxStrLen(Rec."Supplier Part ID")) then
                    ItemFinder.Find(CopyStr(VendorNo, 1, MaxStrLen(Rec."Vendor No.")), CopyStr(PartId, 1, MaxStrLen(Rec."Supplier Part ID")), Rec);
    end;
}
