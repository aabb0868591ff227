using bc from './schema';

@path: '/v2.0/tenant/production/api/punchout/procurement/v1.0'
@requires: 'any'
service procurement {
  entity companies      as projection on bc.companies;
  entity captures       as projection on bc.captures;
  entity worksheets     as projection on bc.worksheets;
  // Pages of three, so that a list has several.
  @cds.query.limit.max: 3
  entity vendors        as projection on bc.vendors;
  entity items          as projection on bc.items;
  entity itemMatches    as projection on bc.itemMatches;
  entity supplierSetups as projection on bc.supplierSetups;
}
