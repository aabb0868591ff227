-- Everything of a company hangs on its id, as with AL's DataPerCompany tables.
-- Decimals are TEXT: SQLite's REAL would round them.

CREATE TABLE companies (
    id                  TEXT NOT NULL PRIMARY KEY,
    name                TEXT NOT NULL UNIQUE,
    display_name        TEXT NOT NULL,
    local_currency_code TEXT NOT NULL
) STRICT;

CREATE TABLE worksheets (
    id                      TEXT NOT NULL PRIMARY KEY,
    company_id              TEXT NOT NULL REFERENCES companies (id),
    worksheet_template_name TEXT NOT NULL,
    name                    TEXT NOT NULL,
    description             TEXT NOT NULL,
    recurring               INTEGER NOT NULL,
    approval_open           INTEGER NOT NULL,
    UNIQUE (company_id, worksheet_template_name, name)
) STRICT;

CREATE TABLE vendors (
    id            TEXT NOT NULL PRIMARY KEY,
    company_id    TEXT NOT NULL REFERENCES companies (id),
    number        TEXT NOT NULL,
    display_name  TEXT NOT NULL,
    currency_code TEXT NOT NULL,
    blocked       TEXT NOT NULL CHECK (blocked IN (' ', 'Payment', 'All')),
    UNIQUE (company_id, number)
) STRICT;

CREATE TABLE items (
    id                        TEXT NOT NULL PRIMARY KEY,
    company_id                TEXT NOT NULL REFERENCES companies (id),
    number                    TEXT NOT NULL,
    display_name              TEXT NOT NULL,
    type                      TEXT NOT NULL CHECK (type IN ('Inventory', 'Non-Inventory', 'Service')),
    blocked                   INTEGER NOT NULL,
    base_unit_of_measure_code TEXT NOT NULL,
    gtin                      TEXT NOT NULL,
    manufacturer_part_number  TEXT NOT NULL,
    UNIQUE (company_id, number)
) STRICT;

CREATE TABLE item_units_of_measure (
    company_id             TEXT NOT NULL,
    item_number            TEXT NOT NULL,
    code                   TEXT NOT NULL,
    qty_rounding_precision TEXT NOT NULL,
    PRIMARY KEY (company_id, item_number, code),
    FOREIGN KEY (company_id, item_number) REFERENCES items (company_id, number)
) STRICT;

CREATE TABLE units_of_measure (
    company_id TEXT NOT NULL REFERENCES companies (id),
    code       TEXT NOT NULL,
    PRIMARY KEY (company_id, code)
) STRICT;

CREATE TABLE gl_accounts (
    company_id     TEXT NOT NULL REFERENCES companies (id),
    number         TEXT NOT NULL,
    name           TEXT NOT NULL,
    direct_posting INTEGER NOT NULL,
    blocked        INTEGER NOT NULL,
    PRIMARY KEY (company_id, number)
) STRICT;

CREATE TABLE item_references (
    company_id       TEXT NOT NULL,
    vendor_number    TEXT NOT NULL,
    reference_number TEXT NOT NULL,
    item_number      TEXT NOT NULL,
    PRIMARY KEY (company_id, vendor_number, reference_number, item_number),
    FOREIGN KEY (company_id, item_number) REFERENCES items (company_id, number),
    FOREIGN KEY (company_id, vendor_number) REFERENCES vendors (company_id, number)
) STRICT;

CREATE TABLE item_vendors (
    company_id         TEXT NOT NULL,
    vendor_number      TEXT NOT NULL,
    item_number        TEXT NOT NULL,
    vendor_item_number TEXT NOT NULL,
    PRIMARY KEY (company_id, vendor_number, item_number),
    FOREIGN KEY (company_id, item_number) REFERENCES items (company_id, number),
    FOREIGN KEY (company_id, vendor_number) REFERENCES vendors (company_id, number)
) STRICT;

-- exchange_rate_from is the first day with a rate, or '' where there is none.
CREATE TABLE currencies (
    company_id         TEXT NOT NULL REFERENCES companies (id),
    code               TEXT NOT NULL,
    exchange_rate_from TEXT NOT NULL,
    PRIMARY KEY (company_id, code)
) STRICT;

CREATE TABLE supplier_setups (
    id                    TEXT NOT NULL PRIMARY KEY,
    company_id            TEXT NOT NULL REFERENCES companies (id),
    host                  TEXT NOT NULL,
    vendor_number         TEXT NOT NULL,
    catch_all_item_number TEXT NOT NULL,
    gl_account_number     TEXT NOT NULL,
    tax_basis             TEXT NOT NULL CHECK (tax_basis IN ('Unknown', 'Net', 'Gross')),
    tax_percent           TEXT NOT NULL,
    UNIQUE (company_id, host)
) STRICT;

CREATE TABLE users (
    login     TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    rights    TEXT NOT NULL CHECK (rights IN ('full', 'read-only', 'unlicensed'))
) STRICT;

-- Outlives the requisition lines: its primary key refuses a capture's second arrival for ever.
CREATE TABLE captures (
    company_id              TEXT NOT NULL REFERENCES companies (id),
    id                      TEXT NOT NULL,
    worksheet_template_name TEXT NOT NULL,
    journal_batch_name      TEXT NOT NULL,
    supplier_host           TEXT NOT NULL,
    captured_at             TEXT NOT NULL,
    line_count              INTEGER NOT NULL,
    lines_sha256            TEXT NOT NULL,
    lines                   TEXT NOT NULL,
    status                  TEXT NOT NULL,
    line_numbers            TEXT NOT NULL,
    user_name               TEXT NOT NULL,
    PRIMARY KEY (company_id, id)
) STRICT;

CREATE TABLE requisition_lines (
    company_id              TEXT NOT NULL REFERENCES companies (id),
    worksheet_template_name TEXT NOT NULL,
    journal_batch_name      TEXT NOT NULL,
    line_no                 INTEGER NOT NULL,
    type                    TEXT NOT NULL,
    no                      TEXT NOT NULL,
    description             TEXT NOT NULL,
    description_2           TEXT NOT NULL,
    quantity                TEXT NOT NULL,
    unit_of_measure_code    TEXT NOT NULL,
    vendor_no               TEXT NOT NULL,
    vendor_item_no          TEXT NOT NULL,
    direct_unit_cost        TEXT NOT NULL,
    currency_code           TEXT NOT NULL,
    order_date              TEXT NOT NULL,
    due_date                TEXT NOT NULL,
    requester_id            TEXT NOT NULL,
    action_message          TEXT NOT NULL,
    accept_action_message   INTEGER NOT NULL,
    capture_id              TEXT NOT NULL,
    PRIMARY KEY (company_id, worksheet_template_name, journal_batch_name, line_no)
) STRICT;
