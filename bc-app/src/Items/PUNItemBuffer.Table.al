namespace Punchout.Procurement;

/// <summary>
/// Items as the API shows them: with the type as text, because an option travels encoded (Non_x002D_Inventory) and a
/// page variable cannot be filtered.
/// </summary>
table 50104 "PUN Item Buffer"
{
    Access = Internal;
    Caption = 'Punchout Item Buffer', Locked = true;
    DataClassification = SystemMetadata;
    TableType = Temporary;
    Extensible = false;

    fields
    {
        field(1; "No."; Code[20])
        {
            Caption = 'No.', Locked = true;
        }
        field(2; Description; Text[100])
        {
            Caption = 'Description', Locked = true;
        }
        field(3; Type; Text[20])
        {
            Caption = 'Type', Locked = true;
        }
        field(4; Blocked; Boolean)
        {
            Caption = 'Blocked', Locked = true;
        }
        field(5; "Base Unit of Measure"; Code[10])
        {
            Caption = 'Base Unit of Measure', Locked = true;
        }
        field(6; "Item ID"; Guid)
        {
            Caption = 'Item ID', Locked = true;
        }
    }

    keys
    {
        key(PK; "No.")
        {
            Clustered = true;
        }
        key(ID; "Item ID")
        {
        }
    }
}
