namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

/// <summary>
/// A cart that became requisition lines. Carry Out deletes requisition lines; this record stays, so that its primary
/// key refuses the capture's second arrival.
/// </summary>
table 50100 "PUN Capture"
{
    Caption = 'Punchout Capture';
    DataClassification = CustomerContent;
    LookupPageId = "PUN Captures";
    DrillDownPageId = "PUN Captures";
    Extensible = false;

    fields
    {
        field(1; "Capture ID"; Guid)
        {
            Caption = 'Capture ID';
            ToolTip = 'Specifies the identifier that the browser extension gave the capture.';
            NotBlank = true;
        }
        field(2; "Worksheet Template Name"; Code[10])
        {
            Caption = 'Worksheet Template Name';
            ToolTip = 'Specifies the template of the requisition worksheet that received the lines.';
            TableRelation = "Req. Wksh. Template";
            ValidateTableRelation = false;
        }
        field(3; "Journal Batch Name"; Code[10])
        {
            Caption = 'Journal Batch Name';
            ToolTip = 'Specifies the requisition worksheet that received the lines.';
            TableRelation = "Requisition Wksh. Name".Name where("Worksheet Template Name" = field("Worksheet Template Name"));
            ValidateTableRelation = false;
        }
        field(4; "Supplier Host"; Text[253])
        {
            Caption = 'Supplier Host';
            ToolTip = 'Specifies the internet host of the shop that the cart comes from.';
        }
        field(5; "Captured At"; DateTime)
        {
            Caption = 'Captured At';
            ToolTip = 'Specifies when the cart was read in the shop.';
        }
        field(6; "Line Count"; Integer)
        {
            Caption = 'Line Count';
            ToolTip = 'Specifies how many lines the capture has.';
        }
        field(7; "Lines SHA-256"; Text[64])
        {
            Caption = 'Lines SHA-256';
            ToolTip = 'Specifies the SHA-256 digest of the lines as they were sent.';
        }
        field(8; Status; Enum "PUN Capture Status")
        {
            Caption = 'Status';
            ToolTip = 'Specifies how far the capture has come.';
        }
        field(9; "Requester ID"; Code[50])
        {
            Caption = 'Requester ID';
            ToolTip = 'Specifies the user who posted the capture.';
            DataClassification = EndUserIdentifiableInformation;
        }
    }

    keys
    {
        key(PK; "Capture ID")
        {
            Clustered = true;
        }
        key(CapturedAt; "Captured At")
        {
        }
        key(Worksheet; "Worksheet Template Name", "Journal Batch Name")
        {
        }
    }

    fieldgroups
    {
        fieldgroup(DropDown; "Supplier Host", "Captured At", "Requester ID", "Line Count")
        {
        }
        fieldgroup(Brick; "Supplier Host", "Captured At", "Requester ID", "Line Count")
        {
        }
    }

    trigger OnDelete()
    var
        CaptureLine: Record "PUN Capture Line";
    begin
        CaptureLine.SetRange("Capture ID", Rec."Capture ID");
        CaptureLine.DeleteAll(true);
    end;
}
