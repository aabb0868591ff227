namespace Punchout.Procurement;

/// <summary>An item that a supplier's number stands for. Computed, never stored.</summary>
table 50103 "PUN Item Match"
{
    Access = Internal;
    Caption = 'Punchout Item Match', Locked = true;
    DataClassification = SystemMetadata;
    TableType = Temporary;
    Extensible = false;

    fields
    {
        field(1; "Vendor No."; Code[20])
        {
            Caption = 'Vendor No.', Locked = true;
        }
        field(2; "Supplier Part ID"; Text[50])
        {
            Caption = 'Supplier Part ID', Locked = true;
        }
        field(3; "Item No."; Code[20])
        {
            Caption = 'Item No.', Locked = true;
        }
        field(4; "Matched By"; Text[20])
        {
            Caption = 'Matched By', Locked = true;
        }
        field(5; "Display Name"; Text[100])
        {
            Caption = 'Display Name', Locked = true;
        }
    }

    keys
    {
        key(PK; "Vendor No.", "Supplier Part ID", "Item No.", "Matched By")
        {
            Clustered = true;
        }
    }
}
