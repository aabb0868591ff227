// Entities of the same shape as those of the app's API: properties, types and lengths of bc-app/facts/api.toml.
namespace bc;

entity companies {
  key id             : UUID;
      name           : String(30);
      displayName    : String(250);
      captures       : Composition of many captures on captures.company = $self;
      worksheets     : Composition of many worksheets on worksheets.company = $self;
      vendors        : Composition of many vendors on vendors.company = $self;
      items          : Composition of many items on items.company = $self;
      itemMatches    : Composition of many itemMatches on itemMatches.company = $self;
      supplierSetups : Composition of many supplierSetups on supplierSetups.company = $self;
}

entity captures {
  key id                    : UUID;
      company               : Association to companies;
      worksheetTemplateName : String(10) @mandatory;
      journalBatchName      : String(10) @mandatory;
      supplierHost          : String(253) @mandatory;
      capturedAt            : Timestamp @mandatory;
      lineCount             : Integer @mandatory;
      linesSha256           : String(64) @mandatory;
      status                : String(20) default 'Posted';
      lineNumbers           : LargeString default '[]';
      worksheetUrl          : LargeString default '';
      lines                 : LargeString @mandatory;
}

entity worksheets {
  key id                    : UUID;
      company               : Association to companies;
      worksheetTemplateName : String(10);
      name                  : String(10);
      description           : String(100);
}

entity vendors {
  key id           : UUID;
      company      : Association to companies;
      number       : String(20);
      displayName  : String(100);
      currencyCode : String(10);
      blocked      : String(10);
}

entity items {
  key id                    : UUID;
      company               : Association to companies;
      number                : String(20);
      displayName           : String(100);
      type                  : String(20);
      blocked               : Boolean;
      baseUnitOfMeasureCode : String(10);
}

entity itemMatches {
  key id             : UUID;
      company        : Association to companies;
      vendorNumber   : String(20);
      supplierPartId : String(50);
      itemNumber     : String(20);
      displayName    : String(100);
      matchedBy      : String(20);
}

entity supplierSetups {
  key id                  : UUID;
      company             : Association to companies;
      host                : String(253);
      vendorNumber        : String(20);
      catchAllItemNumber  : String(20);
      glAccountNumber     : String(20);
      taxBasis            : String(10);
      taxPercent          : Decimal(9, 5);
}
