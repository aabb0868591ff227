namespace Punchout.Procurement;

/// <summary>Where an administrator says which vendor a shop is, and what stands for articles without an item.</summary>
page 50113 "PUN Supplier Setups"
{
    PageType = List;
    Caption = 'Punchout Supplier Setups';
    AboutTitle = 'About Punchout supplier setups';
    AboutText = 'Say for each web shop which vendor it belongs to. A catch-all item or a G/L account stands for articles that have no item of their own.';
    ApplicationArea = All;
    UsageCategory = Administration;
    SourceTable = "PUN Supplier Setup";
    DelayedInsert = true;

    layout
    {
        area(Content)
        {
            repeater(Records)
            {
                field(Host; Rec.Host)
                {
                    ShowMandatory = true;
                }
                field("Vendor No."; Rec."Vendor No.")
                {
                }
                field("Vendor Name"; Rec."Vendor Name")
                {
                }
                field("Catch-All Item No."; Rec."Catch-All Item No.")
                {
                }
                field("G/L Account No."; Rec."G/L Account No.")
                {
                }
                field("Tax Basis"; Rec."Tax Basis")
                {
                }
                field("Tax %"; Rec."Tax %")
                {
                }
            }
        }
    }
}
