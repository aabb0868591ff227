namespace Punchout.Procurement;

/// <summary>An item to be created from a template, and the answer. Computed, never stored.</summary>
table 50105 "PUN New Item"
{
    Access = Internal;
    Caption = 'Punchout New Item', Locked = true;
    DataClassification = SystemMetadata;
    TableType = Temporary;
    Extensible = false;

    fields
    {
        field(1; ID; Guid)
        {
            Caption = 'ID', Locked = true;
        }
        field(2; "Template Code"; Code[20])
        {
            Caption = 'Template Code', Locked = true;
        }
        field(3; Description; Text[100])
        {
            Caption = 'Description', Locked = true;
        }
        field(4; "Vendor No."; Code[20])
        {
            Caption = 'Vendor No.', Locked = true;
        }
        field(5; "Vendor Item No."; Text[50])
        {
            Caption = 'Vendor Item No.', Locked = true;
        }
        field(6; "Item No."; Code[20])
        {
            Caption = 'Item No.', Locked = true;
        }
        field(7; Created; Boolean)
        {
            Caption = 'Created', Locked = true;
        }
    }

    keys
    {
        key(PK; ID)
        {
            Clustered = true;
        }
    }
}
