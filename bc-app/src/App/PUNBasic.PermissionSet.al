namespace Punchout.Procurement;

using Microsoft.Finance.Currency;
using Microsoft.Finance.Dimension;
using Microsoft.Finance.GeneralLedger.Account;
using Microsoft.Finance.GeneralLedger.Setup;
using Microsoft.Foundation.UOM;
using Microsoft.Inventory.Item;
using Microsoft.Inventory.Item.Catalog;
using Microsoft.Inventory.Location;
using Microsoft.Inventory.Requisition;
using Microsoft.Inventory.Tracking;
using Microsoft.Pricing.Asset;
using Microsoft.Pricing.Calculation;
using Microsoft.Pricing.PriceList;
using Microsoft.Pricing.Source;
using Microsoft.Purchases.Document;
using Microsoft.Purchases.Pricing;
using Microsoft.Purchases.Vendor;
using Microsoft.Sales.Document;
using Microsoft.Warehouse.Structure;
using System.Automation;
using System.Security.User;

/// <summary>For buyers: choose, check and post a cart, and see what came of it.</summary>
permissionset 50100 "PUN Basic"
{
    Assignable = true;
    Caption = 'Punchout - post carts';

    Permissions = table "PUN Capture" = X,
                  table "PUN Capture Line" = X,
                  table "PUN Supplier Setup" = X,
                  table "PUN Item Buffer" = X,
                  table "PUN Item Match" = X,
                  tabledata "PUN Capture" = Ri,
                  tabledata "PUN Capture Line" = Rim,
                  tabledata "PUN Supplier Setup" = R,
                  tabledata "PUN Item Buffer" = RIMD,
                  tabledata "PUN Item Match" = RIMD,
                  page "PUN Captures API" = X,
                  page "PUN Capture Checks API" = X,
                  page "PUN Worksheets API" = X,
                  page "PUN Vendors API" = X,
                  page "PUN Items API" = X,
                  page "PUN Item Templates API" = X,
                  page "PUN Item Matches API" = X,
                  page "PUN Supplier Setups API" = X,
                  page "PUN Captures" = X,
                  page "PUN Capture Card" = X,
                  page "PUN Capture Lines" = X,
                  page "PUN Supplier Setups" = X,
                  codeunit "PUN Capture Reader" = X,
                  codeunit "PUN Line Reader" = X,
                  codeunit "PUN Line Check" = X,
                  codeunit "PUN Requisition Line Writer" = X,
                  codeunit "PUN Capture Post" = X,
                  codeunit "PUN Capture Check" = X,
                  codeunit "PUN Line Rehearsal" = X,
                  codeunit "PUN Worksheet Link" = X,
                  codeunit "PUN Origin Carry Over" = X,
                  codeunit "PUN Item Finder" = X,
                  codeunit "PUN Item Directory" = X,
                  codeunit "PUN Telemetry" = X,
                  codeunit "PUN Retention" = X,
                  codeunit "PUN Install" = X,
                  codeunit "PUN Upgrade" = X,
                  codeunit "PUN Upgrade Tag Definitions" = X,
                  // What a buyer chooses from, and what is written.
                  tabledata Item = R,
                  tabledata "Item Templ." = R,
                  tabledata Vendor = R,
                  tabledata "Req. Wksh. Template" = R,
                  tabledata "Requisition Wksh. Name" = R,
                  tabledata "Requisition Line" = RI,
                  // What the checks look at. Code of the base application looks at it too, and an indirect right would
                  // not reach so far: only the approvals are read by this app's own word.
                  tabledata "Approval Entry" = r,
                  tabledata Currency = R,
                  tabledata "Currency Exchange Rate" = R,
                  tabledata "G/L Account" = R,
                  tabledata "General Ledger Setup" = R,
                  tabledata "Item Reference" = R,
                  tabledata "Item Unit of Measure" = R,
                  tabledata "Item Vendor" = R,
                  tabledata "Unit of Measure" = R,
                  // What the validation of a requisition line reads and writes, as Microsoft's own set for it lists.
                  tabledata Bin = R,
                  tabledata "Default Dimension" = R,
                  tabledata "Default Dimension Priority" = R,
                  tabledata "Dtld. Price Calculation Setup" = R,
                  tabledata "Duplicate Price Line" = R,
                  tabledata "Item Translation" = R,
                  tabledata "Item Variant" = R,
                  tabledata Location = R,
                  tabledata "Price Asset" = R,
                  tabledata "Price Calculation Buffer" = R,
                  tabledata "Price Calculation Setup" = R,
                  tabledata "Price Line Filters" = R,
                  tabledata "Price List Header" = R,
                  tabledata "Price List Line" = R,
                  tabledata "Price Source" = R,
                  tabledata "Purchase Discount Access" = R,
                  tabledata "Purchase Line" = Rm,
                  tabledata "Purchase Price Access" = R,
                  tabledata "Reservation Entry" = Rimd,
                  tabledata "Sales Header" = R,
                  tabledata "Sales Line" = Rm,
                  tabledata "Tracking Specification" = Rimd,
                  tabledata "User Setup" = R;
}
