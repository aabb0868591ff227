namespace Punchout.Procurement;

/// <summary>What a cart line becomes. The names travel over the API.</summary>
enum 50101 "PUN Line Kind"
{
    Extensible = false;
    Caption = 'Punchout Line Kind';

    value(0; Note)
    {
        Caption = 'Note';
    }
    value(1; Item)
    {
        Caption = 'Item';
    }
    value(2; "G/L Account")
    {
        Caption = 'G/L Account';
    }
}
