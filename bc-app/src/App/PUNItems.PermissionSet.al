namespace Punchout.Procurement;

using Microsoft.Inventory.Item;
using Microsoft.Inventory.Item.Catalog;

/// <summary>In addition to PUN Basic, for buyers who may create items from templates.</summary>
permissionset 50101 "PUN Items"
{
    Assignable = true;
    Caption = 'Punchout - create items';
    IncludedPermissionSets = "PUN Basic";

    Permissions = table "PUN New Item" = X,
                  tabledata "PUN New Item" = RIMD,
                  page "PUN New Items API" = X,
                  codeunit "PUN Item Creation" = X,
                  tabledata Item = RIM,
                  tabledata "Item Reference" = RI,
                  tabledata "Item Unit of Measure" = RIM,
                  tabledata "Item Vendor" = RI;
}
