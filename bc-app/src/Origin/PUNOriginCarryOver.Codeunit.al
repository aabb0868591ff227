namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;
using Microsoft.Purchases.Document;

/// <summary>
/// Carries the origin of a line over to the purchase line. Runs for everyone who carries out a worksheet, and so with
/// inherent permissions: a purchaser needs no permission set of this app.
/// </summary>
codeunit 50108 "PUN Origin Carry Over"
{
    Access = Internal;
    InherentEntitlements = X;
    InherentPermissions = X;
    Permissions = tabledata "PUN Capture Line" = rm;

    [EventSubscriber(ObjectType::Codeunit, Codeunit::"Req. Wksh.-Make Order", 'OnAfterInitPurchOrderLine', '', false, false)]
    local procedure CopyOriginOnAfterInitPurchOrderLine(var PurchaseLine: Record "Purchase Line"; RequisitionLine: Record "Requisition Line")
    begin
        PurchaseLine."PUN Capture ID" := RequisitionLine."PUN Capture ID";
        PurchaseLine."PUN Capture Line No." := RequisitionLine."PUN Capture Line No.";
        PurchaseLine."PUN Supplier Host" := RequisitionLine."PUN Supplier Host";
    end;

    /// <summary>
    /// Where the vendor has a price list, the base application validates the order date again here, and puts the list
    /// price in place of the price in the cart. The cart's price is what the supplier has offered.
    /// </summary>
    [EventSubscriber(ObjectType::Codeunit, Codeunit::"Req. Wksh.-Make Order", 'OnBeforeCopyOrderDateFromPurchHeader', '', false, false)]
    local procedure KeepPriceOnBeforeCopyOrderDateFromPurchHeader(var RequisitionLine: Record "Requisition Line"; var IsHandled: Boolean)
    begin
        if not IsNullGuid(RequisitionLine."PUN Capture ID") then
            IsHandled := true;
    end;

    [EventSubscriber(ObjectType::Codeunit, Codeunit::"Req. Wksh.-Make Order", 'OnAfterPurchOrderLineInsert', '', false, false)]
    [InherentPermissions(PermissionObjectType::TableData, Database::"PUN Capture Line", 'rm')]
    local procedure LogOrderOnAfterPurchOrderLineInsert(var PurchOrderLine: Record "Purchase Line"; var RequisitionLine: Record "Requisition Line")
    var
        CaptureLine: Record "PUN Capture Line";
    begin
        if IsNullGuid(RequisitionLine."PUN Capture ID") then
            exit;
        // The log may have been deleted by a retention policy.
        if not CaptureLine.Get(RequisitionLine."PUN Capture ID", RequisitionLine."PUN Capture Line No.") then
            exit;
        CaptureLine."Purchase Order No." := PurchOrderLine."Document No.";
        CaptureLine."Purchase Line No." := PurchOrderLine."Line No.";
        CaptureLine.Modify(true);
    end;
}
