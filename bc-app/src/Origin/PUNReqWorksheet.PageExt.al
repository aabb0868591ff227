namespace Punchout.Procurement;

using Microsoft.Inventory.Requisition;

pageextension 50100 "PUN Req. Worksheet" extends "Req. Worksheet"
{
    layout
    {
        addafter("Vendor Item No.")
        {
            field("PUN Supplier Host"; Rec."PUN Supplier Host")
            {
                ApplicationArea = All;
            }
            field("PUN Capture ID"; Rec."PUN Capture ID")
            {
                ApplicationArea = All;
                Visible = false;
            }
            field("PUN Capture Line No."; Rec."PUN Capture Line No.")
            {
                ApplicationArea = All;
                Visible = false;
            }
        }
    }

    actions
    {
        addlast("&Line")
        {
            action("PUN Open Capture")
            {
                ApplicationArea = All;
                Caption = 'Punchout Capture';
                ToolTip = 'Open the capture that the line comes from.';
                Image = View;
                RunObject = page "PUN Capture Card";
                RunPageLink = "Capture ID" = field("PUN Capture ID");
                Enabled = Rec."PUN Supplier Host" <> '';
            }
            action("PUN Open Shop")
            {
                ApplicationArea = All;
                Caption = 'Open Supplier''s Shop';
                ToolTip = 'Open the web shop that the line comes from, in a new tab.';
                Image = Web;
                Enabled = Rec."PUN Supplier Host" <> '';

                trigger OnAction()
                begin
                    Hyperlink(StrSubstNo(PUNShopUrlTok, Rec."PUN Supplier Host"));
                end;
            }
        }
    }

    var
        PUNShopUrlTok: Label 'https://%1/', Locked = true, Comment = '%1 = host of the shop';
}
