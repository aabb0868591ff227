namespace Punchout.Procurement;

using System.DataAdministration;

/// <summary>Lets administrators set retention policies for captures and for their lines.</summary>
codeunit 50112 "PUN Retention"
{
    Access = Internal;

    /// <summary>
    /// Offers both tables to the retention policies. The lines hold the text of the cart and may go first; the capture
    /// is what refuses a second posting, and stays a year at least: no client repeats itself after so long.
    /// </summary>
    procedure AllowTables()
    var
        Capture: Record "PUN Capture";
        CaptureLine: Record "PUN Capture Line";
        RetenPolAllowedTables: Codeunit "Reten. Pol. Allowed Tables";
    begin
        RetenPolAllowedTables.AddAllowedTable(Database::"PUN Capture", Capture.FieldNo(SystemCreatedAt), 365);
        RetenPolAllowedTables.AddAllowedTable(Database::"PUN Capture Line", CaptureLine.FieldNo(SystemCreatedAt));
    end;

    [EventSubscriber(ObjectType::Codeunit, Codeunit::"Reten. Pol. Allowed Tables", 'OnRefreshAllowedTables', '', false, false)]
    local procedure AllowTablesOnRefreshAllowedTables()
    begin
        AllowTables();
    end;
}
