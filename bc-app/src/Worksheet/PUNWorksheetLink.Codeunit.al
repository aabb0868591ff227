namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

/// <summary>The way from a capture to its worksheet.</summary>
codeunit 50107 "PUN Worksheet Link"
{
    Access = Internal;
    Permissions = tabledata "Req. Wksh. Template" = r,
                  tabledata "Requisition Line" = r;

    /// <summary>
    /// The address of the worksheet in the web client. It names a line where one is left: only with a record does the
    /// worksheet page open the right batch for sure.
    /// </summary>
    procedure Url(Capture: Record "PUN Capture"): Text
    var
        RequisitionLine: Record "Requisition Line";
    begin
        if FindLine(Capture, RequisitionLine) then
            exit(GetUrl(ClientType::Web, CompanyName(), ObjectType::Page, PageId(Capture), RequisitionLine));
        exit(GetUrl(ClientType::Web, CompanyName(), ObjectType::Page, PageId(Capture), RequisitionLine, true));
    end;

    /// <summary>Opens the worksheet. For pages only.</summary>
    procedure Open(Capture: Record "PUN Capture")
    var
        RequisitionLine: Record "Requisition Line";
    begin
        if not FindLine(Capture, RequisitionLine) then begin
            RequisitionLine."Worksheet Template Name" := Capture."Worksheet Template Name";
            RequisitionLine."Journal Batch Name" := Capture."Journal Batch Name";
        end;
        Page.Run(PageId(Capture), RequisitionLine);
    end;

    /// <summary>Finds a line of the capture, else of its worksheet; leaves the worksheet as filter.</summary>
    local procedure FindLine(Capture: Record "PUN Capture"; var RequisitionLine: Record "Requisition Line"): Boolean
    begin
        RequisitionLine.SetRange("Worksheet Template Name", Capture."Worksheet Template Name");
        RequisitionLine.SetRange("Journal Batch Name", Capture."Journal Batch Name");
        RequisitionLine.SetRange("PUN Capture ID", Capture."Capture ID");
        if RequisitionLine.FindFirst() then
            exit(true);
        RequisitionLine.SetRange("PUN Capture ID");
        exit(RequisitionLine.FindFirst());
    end;

    local procedure PageId(Capture: Record "PUN Capture"): Integer
    var
        ReqWkshTemplate: Record "Req. Wksh. Template";
    begin
        if ReqWkshTemplate.Get(Capture."Worksheet Template Name") then
            if ReqWkshTemplate."Page ID" <> 0 then
                exit(ReqWkshTemplate."Page ID");
        exit(Page::"Req. Worksheet");
    end;
}
