namespace Punchout.Procurement;

using Microsoft.Finance.GeneralLedger.Account;
using Microsoft.Inventory.Item;
using Microsoft.Purchases.Vendor;

/// <summary>What an administrator knows about a shop: its vendor, what stands for articles without an item, its tax.</summary>
table 50102 "PUN Supplier Setup"
{
    Caption = 'Punchout Supplier Setup';
    DataClassification = CustomerContent;
    LookupPageId = "PUN Supplier Setups";
    DrillDownPageId = "PUN Supplier Setups";
    Extensible = false;

    fields
    {
        field(1; Host; Text[253])
        {
            Caption = 'Host';
            ToolTip = 'Specifies the internet host of the shop, for example www.shop.example, without https and without a path.';
            NotBlank = true;

            trigger OnValidate()
            begin
                Rec.Host := CopyStr(LowerCase(DelChr(Rec.Host, '<>', ' ')), 1, MaxStrLen(Rec.Host));
                if DelChr(Rec.Host, '=', ' /:?#@') <> Rec.Host then
                    Error(NotAHostErr, Rec.Host);
            end;
        }
        field(2; "Vendor No."; Code[20])
        {
            Caption = 'Vendor No.';
            ToolTip = 'Specifies the vendor that the shop belongs to.';
            TableRelation = Vendor;
        }
        field(3; "Vendor Name"; Text[100])
        {
            Caption = 'Vendor Name';
            ToolTip = 'Specifies the name of the vendor.';
            FieldClass = FlowField;
            CalcFormula = lookup(Vendor.Name where("No." = field("Vendor No.")));
            Editable = false;
        }
        field(4; "Catch-All Item No."; Code[20])
        {
            Caption = 'Catch-All Item No.';
            ToolTip = 'Specifies the non-inventory item that stands for articles that have no item of their own.';
            TableRelation = Item where(Type = const("Non-Inventory"));
        }
        field(5; "G/L Account No."; Code[20])
        {
            Caption = 'G/L Account No.';
            ToolTip = 'Specifies the G/L account for articles that have no item of their own.';
            TableRelation = "G/L Account" where("Account Type" = const(Posting), "Direct Posting" = const(true), Blocked = const(false));
        }
        field(6; "Tax Basis"; Enum "PUN Tax Basis")
        {
            Caption = 'Tax Basis';
            ToolTip = 'Specifies whether the prices of the shop are without tax (net) or contain it (gross).';
        }
        field(7; "Tax %"; Decimal)
        {
            Caption = 'Tax %';
            ToolTip = 'Specifies the tax rate that gross prices of the shop contain, in percent.';
            DecimalPlaces = 0 : 5;
            MinValue = 0;
            MaxValue = 100;
            AutoFormatType = 0;
        }
    }

    keys
    {
        key(PK; Host)
        {
            Clustered = true;
        }
    }

    fieldgroups
    {
        fieldgroup(DropDown; Host, "Vendor No.")
        {
        }
        fieldgroup(Brick; Host, "Vendor No.")
        {
        }
    }

    var
        NotAHostErr: Label '%1 is not a host. Enter a name like www.shop.example, without https, port and path.', Comment = '%1 = what the user entered';
}
