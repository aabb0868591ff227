//! The entity sets of the route and the properties of their entities.

/// What a property holds, and with it what a filter or a body may say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `Edm.Guid`.
    Guid,
    /// AL's `Code[n]`: text that the server trims and upper-cases.
    Code(usize),
    /// AL's `Text[n]`.
    Text(usize),
    /// Text without a limit of its own (a blob in AL).
    LongText,
    /// `Edm.Boolean`.
    Boolean,
    /// `Edm.Int32`.
    Integer,
    /// `Edm.Decimal`.
    Decimal,
    /// `Edm.DateTimeOffset`.
    DateTime,
}

impl Kind {
    /// The OData name of the type, for messages.
    #[must_use]
    pub fn edm(self) -> &'static str {
        match self {
            Self::Guid => "Edm.Guid",
            Self::Code(_) | Self::Text(_) | Self::LongText => "Edm.String",
            Self::Boolean => "Edm.Boolean",
            Self::Integer => "Edm.Int32",
            Self::Decimal => "Edm.Decimal",
            Self::DateTime => "Edm.DateTimeOffset",
        }
    }
}

/// One property of an entity: its name on the wire and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    /// camelCase name.
    pub name: &'static str,
    /// Type and length.
    pub kind: Kind,
    /// Who sets it.
    pub set_by: SetBy,
}

/// Who sets a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// The client, in a POST.
    Client,
    /// The server: a POST that sets it is refused.
    Server,
}

/// The entity sets of `docs/business-central-api.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntitySet {
    /// The companies of the environment.
    Companies,
    /// Requisition worksheets that are not recurring.
    Worksheets,
    /// Vendors.
    Vendors,
    /// Items.
    Items,
    /// Items that a supplier's part number stands for.
    ItemMatches,
    /// What an administrator has set for a shop's host.
    SupplierSetups,
    /// Posted captures.
    Captures,
    /// Dry runs of captures; stores nothing.
    CaptureChecks,
    /// Templates that items are made from.
    ItemTemplates,
    /// Items to be made; stores nothing itself.
    NewItems,
}

impl EntitySet {
    /// Every entity set, in the order of the service document.
    pub const ALL: [Self; 10] = [
        Self::Companies,
        Self::Worksheets,
        Self::Vendors,
        Self::Items,
        Self::ItemMatches,
        Self::SupplierSetups,
        Self::Captures,
        Self::CaptureChecks,
        Self::ItemTemplates,
        Self::NewItems,
    ];

    /// The name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Worksheets => "worksheets",
            Self::Vendors => "vendors",
            Self::Items => "items",
            Self::ItemMatches => "itemMatches",
            Self::SupplierSetups => "supplierSetups",
            Self::Captures => "captures",
            Self::CaptureChecks => "captureChecks",
            Self::ItemTemplates => "itemTemplates",
            Self::NewItems => "newItems",
        }
    }

    /// The name of one entity, for messages.
    #[must_use]
    pub fn entity(self) -> &'static str {
        match self {
            Self::Companies => "company",
            Self::Worksheets => "worksheet",
            Self::Vendors => "vendor",
            Self::Items => "item",
            Self::ItemMatches => "itemMatch",
            Self::SupplierSetups => "supplierSetup",
            Self::Captures => "capture",
            Self::CaptureChecks => "captureCheck",
            Self::ItemTemplates => "itemTemplate",
            Self::NewItems => "newItem",
        }
    }

    /// The caption of the AL table behind the set, for messages.
    #[must_use]
    pub fn table(self) -> &'static str {
        match self {
            Self::Companies => "Company",
            Self::Worksheets => "Requisition Wksh. Name",
            Self::Vendors => "Vendor",
            Self::Items => "Item",
            Self::ItemMatches => "Punchout Item Match",
            Self::SupplierSetups => "Punchout Supplier Setup",
            Self::Captures | Self::CaptureChecks => "Punchout Capture",
            Self::ItemTemplates => "Item Template",
            Self::NewItems => "Punchout New Item",
        }
    }

    /// The set with that name; names are case-sensitive.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }

    /// Everything an entity of the set has.
    #[must_use]
    pub fn properties(self) -> &'static [Property] {
        match self {
            Self::Companies => COMPANY,
            Self::Worksheets => WORKSHEET,
            Self::Vendors => VENDOR,
            Self::Items => ITEM,
            Self::ItemMatches => ITEM_MATCH,
            Self::SupplierSetups => SUPPLIER_SETUP,
            Self::Captures => CAPTURE,
            Self::CaptureChecks => CAPTURE_CHECK,
            Self::ItemTemplates => ITEM_TEMPLATE,
            Self::NewItems => NEW_ITEM,
        }
    }

    /// The property with that name.
    #[must_use]
    pub fn property(self, name: &str) -> Option<Property> {
        self.properties()
            .iter()
            .find(|property| property.name == name)
            .copied()
    }
}

const fn property(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        set_by: SetBy::Server,
    }
}

const fn posted(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        set_by: SetBy::Client,
    }
}

const COMPANY: &[Property] = &[
    property("id", Kind::Guid),
    property("name", Kind::Text(30)),
    property("displayName", Kind::Text(250)),
];

const WORKSHEET: &[Property] = &[
    property("id", Kind::Guid),
    property("worksheetTemplateName", Kind::Code(10)),
    property("name", Kind::Code(10)),
    property("description", Kind::Text(100)),
];

const VENDOR: &[Property] = &[
    property("id", Kind::Guid),
    property("number", Kind::Code(20)),
    property("displayName", Kind::Text(100)),
    property("currencyCode", Kind::Code(10)),
    property("blocked", Kind::Text(10)),
];

const ITEM: &[Property] = &[
    property("id", Kind::Guid),
    property("number", Kind::Code(20)),
    property("displayName", Kind::Text(100)),
    property("type", Kind::Text(20)),
    property("blocked", Kind::Boolean),
    property("baseUnitOfMeasureCode", Kind::Code(10)),
];

const ITEM_MATCH: &[Property] = &[
    property("vendorNumber", Kind::Code(20)),
    property("supplierPartId", Kind::Text(50)),
    property("itemNumber", Kind::Code(20)),
    property("displayName", Kind::Text(100)),
    property("matchedBy", Kind::Text(20)),
];

const SUPPLIER_SETUP: &[Property] = &[
    property("id", Kind::Guid),
    property("host", Kind::Text(253)),
    property("vendorNumber", Kind::Code(20)),
    property("catchAllItemNumber", Kind::Code(20)),
    property("glAccountNumber", Kind::Code(20)),
    property("taxBasis", Kind::Text(10)),
    property("taxPercent", Kind::Decimal),
];

const CAPTURE: &[Property] = &[
    posted("id", Kind::Guid),
    posted("worksheetTemplateName", Kind::Code(10)),
    posted("journalBatchName", Kind::Code(10)),
    posted("supplierHost", Kind::Text(253)),
    posted("capturedAt", Kind::DateTime),
    posted("lineCount", Kind::Integer),
    posted("linesSha256", Kind::Text(64)),
    property("status", Kind::Text(20)),
    property("lineNumbers", Kind::LongText),
    property("worksheetUrl", Kind::LongText),
    posted("lines", Kind::LongText),
];

const CAPTURE_CHECK: &[Property] = &[
    posted("id", Kind::Guid),
    posted("worksheetTemplateName", Kind::Code(10)),
    posted("journalBatchName", Kind::Code(10)),
    posted("supplierHost", Kind::Text(253)),
    posted("capturedAt", Kind::DateTime),
    posted("lineCount", Kind::Integer),
    posted("linesSha256", Kind::Text(64)),
    property("problems", Kind::LongText),
    posted("lines", Kind::LongText),
];

const ITEM_TEMPLATE: &[Property] = &[
    property("id", Kind::Guid),
    property("code", Kind::Code(20)),
    property("displayName", Kind::Text(100)),
    property("baseUnitOfMeasureCode", Kind::Code(10)),
];

const NEW_ITEM: &[Property] = &[
    posted("id", Kind::Guid),
    posted("templateCode", Kind::Code(20)),
    posted("description", Kind::Text(100)),
    posted("vendorNumber", Kind::Code(20)),
    posted("vendorItemNumber", Kind::Text(50)),
    property("itemNumber", Kind::Code(20)),
    property("created", Kind::Boolean),
];
