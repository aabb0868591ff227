namespace Punchout.Procurement;

using Microsoft.Purchases.Document;

tableextension 50101 "PUN Purchase Line" extends "Purchase Line"
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
    }
}
