namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

tableextension 50100 "PUN Requisition Line" extends "Requisition Line"
{
    fields
    {
        field(50100; "PUN Capture ID"; Guid)
        {
            Caption = 'Punchout Capture ID';
            ToolTip = 'Specifies the capture that the line comes from.';
            DataClassification = CustomerContent;
            Editable = false;
            TableRelation = "PUN Capture";
            ValidateTableRelation = false;
        }
        field(50101; "PUN Capture Line No."; Integer)
        {
            Caption = 'Punchout Capture Line No.';
            ToolTip = 'Specifies the position of the line in the cart that it comes from.';
            DataClassification = CustomerContent;
            Editable = false;
        }
        field(50102; "PUN Supplier Host"; Text[253])
        {
            Caption = 'Supplier Host';
            ToolTip = 'Specifies the internet host of the shop that the line comes from.';
            DataClassification = CustomerContent;
            Editable = false;
        }
        // The base table empties a line whose type or number changes. Turning a note into an item must not lose where
        // it came from.
        modify(Type)
        {
            trigger OnAfterValidate()
            begin
                Rec.PUNKeepOrigin(xRec);
            end;
        }
        modify("No.")
        {
            trigger OnAfterValidate()
            begin
                Rec.PUNKeepOrigin(xRec);
            end;
        }
    }

    keys
    {
        key(PUNCapture; "PUN Capture ID")
        {
        }
    }

    /// <summary>Takes over the origin of the line as it was, unless this one has its own.</summary>
    internal procedure PUNKeepOrigin(Before: Record "Requisition Line")
    begin
        if IsNullGuid(Before."PUN Capture ID") or not IsNullGuid(Rec."PUN Capture ID") then
            exit;
        Rec."PUN Capture ID" := Before."PUN Capture ID";
        Rec."PUN Capture Line No." := Before."PUN Capture Line No.";
        Rec."PUN Supplier Host" := Before."PUN Supplier Host";
    end;
}
