namespace Punchout.Procurement;

/// <summary>For those who keep the supplier setups and delete old captures.</summary>
permissionset 50102 "PUN Admin"
{
    Assignable = true;
    Caption = 'Punchout - set up suppliers';
    IncludedPermissionSets = "PUN Basic";

    Permissions = tabledata "PUN Supplier Setup" = RIMD,
                  tabledata "PUN Capture" = RD,
                  tabledata "PUN Capture Line" = RD;
}
