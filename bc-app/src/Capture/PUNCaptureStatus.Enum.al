namespace Punchout.Procurement;

/// <summary>How far a capture has come. The names travel over the API.</summary>
enum 50100 "PUN Capture Status"
{
    Extensible = false;
    Caption = 'Punchout Capture Status';

    value(0; Posted)
    {
        Caption = 'Posted';
    }
}
