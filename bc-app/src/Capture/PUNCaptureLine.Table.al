namespace Punchout.Procurement;

using Microsoft.Finance.Currency;
using Microsoft.Finance.GeneralLedger.Account;
using Microsoft.Foundation.UOM;
using Microsoft.Inventory.Item;
using Microsoft.Purchases.Vendor;

/// <summary>The log of a capture's lines: what was sent, and which requisition and purchase lines came of it.</summary>
table 50101 "PUN Capture Line"
{
    Caption = 'Punchout Capture Line';
    DataClassification = CustomerContent;
    Extensible = false;

    fields
    {
        field(1; "Capture ID"; Guid)
        {
            Caption = 'Capture ID';
            ToolTip = 'Specifies the capture that the line belongs to.';
            TableRelation = "PUN Capture";
            ValidateTableRelation = false;
        }
        field(2; "Capture Line No."; Integer)
        {
            Caption = 'Capture Line No.';
            ToolTip = 'Specifies the position of the line in the cart, from 1.';
        }
        field(3; Kind; Enum "PUN Line Kind")
        {
            Caption = 'Kind';
            ToolTip = 'Specifies whether the line orders an item, books to a G/L account, or is a note that is never ordered.';
        }
        field(4; "No."; Code[20])
        {
            Caption = 'No.';
            ToolTip = 'Specifies the number of the item or G/L account.';
            TableRelation = if (Kind = const(Item)) Item
            else
            if (Kind = const("G/L Account")) "G/L Account";
            ValidateTableRelation = false;
        }
        field(5; "Vendor No."; Code[20])
        {
            Caption = 'Vendor No.';
            ToolTip = 'Specifies the vendor to order from.';
            TableRelation = Vendor;
            ValidateTableRelation = false;
        }
        field(6; "Vendor Item No."; Text[50])
        {
            Caption = 'Vendor Item No.';
            ToolTip = 'Specifies the number that the shop uses for the article.';
        }
        field(7; Description; Text[100])
        {
            Caption = 'Description';
            ToolTip = 'Specifies the description in the cart.';
        }
        field(8; "Description 2"; Text[50])
        {
            Caption = 'Description 2';
            ToolTip = 'Specifies the part of the description that had no room in the first field.';
        }
        field(9; Quantity; Decimal)
        {
            Caption = 'Quantity';
            ToolTip = 'Specifies the quantity in the cart.';
            DecimalPlaces = 0 : 5;
        }
        field(10; "Direct Unit Cost"; Decimal)
        {
            Caption = 'Direct Unit Cost';
            ToolTip = 'Specifies the price of one unit without tax, in the currency of the line.';
            AutoFormatType = 2;
            AutoFormatExpression = Rec."Currency Code";
        }
        field(11; "Currency Code"; Code[10])
        {
            Caption = 'Currency Code';
            ToolTip = 'Specifies the currency of the price; blank stands for the local currency.';
            TableRelation = Currency;
            ValidateTableRelation = false;
        }
        field(12; "Unit of Measure Code"; Code[10])
        {
            Caption = 'Unit of Measure Code';
            ToolTip = 'Specifies the unit that the quantity and the price are in.';
            TableRelation = "Unit of Measure";
            ValidateTableRelation = false;
        }
        field(13; "Due Date"; Date)
        {
            Caption = 'Due Date';
            ToolTip = 'Specifies when the goods are needed.';
        }
        field(14; "Requisition Line No."; Integer)
        {
            Caption = 'Requisition Line No.';
            ToolTip = 'Specifies the number of the requisition worksheet line that was written.';
        }
        field(15; "Purchase Order No."; Code[20])
        {
            Caption = 'Purchase Order No.';
            ToolTip = 'Specifies the purchase order that the line was carried out to.';
        }
        field(16; "Purchase Line No."; Integer)
        {
            Caption = 'Purchase Line No.';
            ToolTip = 'Specifies the line of the purchase order.';
        }
    }

    keys
    {
        key(PK; "Capture ID", "Capture Line No.")
        {
            Clustered = true;
        }
    }

    fieldgroups
    {
        fieldgroup(DropDown; "Capture Line No.", Description, Quantity, "Direct Unit Cost")
        {
        }
        fieldgroup(Brick; "Capture Line No.", Description, Quantity, "Direct Unit Cost")
        {
        }
    }
}
