namespace Punchout.Procurement;

/// <summary>How a shop's prices stand to tax. The names travel over the API.</summary>
enum 50102 "PUN Tax Basis"
{
    Extensible = false;
    Caption = 'Punchout Tax Basis';

    value(0; Unknown)
    {
        Caption = 'Unknown';
    }
    value(1; Net)
    {
        Caption = 'Net';
    }
    value(2; Gross)
    {
        Caption = 'Gross';
    }
}
