namespace Punchout.Procurement;

using Microsoft.Purchases.Document;

/// <summary>The log of a capture's lines.</summary>
page 50112 "PUN Capture Lines"
{
    PageType = ListPart;
    Caption = 'Punchout Capture Lines';
    ApplicationArea = All;
    SourceTable = "PUN Capture Line";
    Editable = false;
    InsertAllowed = false;
    ModifyAllowed = false;
    DeleteAllowed = false;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field("Capture Line No."; Rec."Capture Line No.")
                {
                }
                field(Kind; Rec.Kind)
                {
                }
                field("No."; Rec."No.")
                {
                }
                field(Description; Rec.Description)
                {
                }
                field("Description 2"; Rec."Description 2")
                {
                    Visible = false;
                }
                field("Vendor No."; Rec."Vendor No.")
                {
                }
                field("Vendor Item No."; Rec."Vendor Item No.")
                {
                }
                field(Quantity; Rec.Quantity)
                {
                }
                field("Unit of Measure Code"; Rec."Unit of Measure Code")
                {
                }
                field("Direct Unit Cost"; Rec."Direct Unit Cost")
                {
                }
                field("Currency Code"; Rec."Currency Code")
                {
                }
                field("Due Date"; Rec."Due Date")
                {
                }
                field("Requisition Line No."; Rec."Requisition Line No.")
                {
                }
                field("Purchase Order No."; Rec."Purchase Order No.")
                {
                }
                field("Purchase Line No."; Rec."Purchase Line No.")
                {
                    Visible = false;
                }
            }
        }
    }

    actions
    {
        area(Processing)
        {
            action(OpenPurchaseOrder)
            {
                Caption = 'Open Purchase Order';
                ToolTip = 'Open the purchase order that the line was carried out to.';
                Image = Order;
                Scope = Repeater;
                RunObject = page "Purchase Order";
                RunPageLink = "Document Type" = const(Order), "No." = field("Purchase Order No.");
                Enabled = Rec."Purchase Order No." <> '';
            }
        }
    }
}
