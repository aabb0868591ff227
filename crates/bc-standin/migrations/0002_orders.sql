-- What the app's checks and Carry Out go by, and what they make.

ALTER TABLE worksheets ADD COLUMN template_type TEXT NOT NULL DEFAULT 'Req.';
ALTER TABLE vendors ADD COLUMN privacy_blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vendors ADD COLUMN prices_including_vat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vendors ADD COLUMN vat_percent TEXT NOT NULL DEFAULT '0';
ALTER TABLE items ADD COLUMN purchasing_blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN variant_mandatory INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN last_direct_cost TEXT NOT NULL DEFAULT '0';
ALTER TABLE items ADD COLUMN vendor_no TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN vendor_item_no TEXT NOT NULL DEFAULT '';
ALTER TABLE gl_accounts ADD COLUMN account_type TEXT NOT NULL DEFAULT 'Posting';
ALTER TABLE currencies ADD COLUMN amount_rounding_precision TEXT NOT NULL DEFAULT '0.01';
ALTER TABLE requisition_lines ADD COLUMN location_code TEXT NOT NULL DEFAULT '';
ALTER TABLE requisition_lines ADD COLUMN supplier_host TEXT NOT NULL DEFAULT '';
ALTER TABLE requisition_lines ADD COLUMN capture_line_no INTEGER NOT NULL DEFAULT 0;

-- Prices that a vendor's price list gives; they overwrite what stands on a line.
CREATE TABLE list_prices (
    company_id       TEXT NOT NULL,
    vendor_number    TEXT NOT NULL,
    item_number      TEXT NOT NULL,
    currency_code    TEXT NOT NULL,
    direct_unit_cost TEXT NOT NULL,
    PRIMARY KEY (company_id, vendor_number, item_number, currency_code),
    FOREIGN KEY (company_id, item_number) REFERENCES items (company_id, number),
    FOREIGN KEY (company_id, vendor_number) REFERENCES vendors (company_id, number)
) STRICT;

-- next_number is blank where the template has no number series.
CREATE TABLE item_templates (
    id                        TEXT NOT NULL PRIMARY KEY,
    company_id                TEXT NOT NULL REFERENCES companies (id),
    code                      TEXT NOT NULL,
    display_name              TEXT NOT NULL,
    type                      TEXT NOT NULL CHECK (type IN ('Inventory', 'Non-Inventory', 'Service')),
    base_unit_of_measure_code TEXT NOT NULL,
    next_number               TEXT NOT NULL,
    UNIQUE (company_id, code)
) STRICT;

CREATE TABLE purchase_headers (
    company_id           TEXT NOT NULL REFERENCES companies (id),
    no                   TEXT NOT NULL,
    vendor_no            TEXT NOT NULL,
    currency_code        TEXT NOT NULL,
    location_code        TEXT NOT NULL,
    prices_including_vat INTEGER NOT NULL,
    PRIMARY KEY (company_id, no)
) STRICT;

CREATE TABLE purchase_lines (
    company_id            TEXT NOT NULL,
    document_no           TEXT NOT NULL,
    line_no               INTEGER NOT NULL,
    type                  TEXT NOT NULL,
    no                    TEXT NOT NULL,
    description           TEXT NOT NULL,
    description_2         TEXT NOT NULL,
    location_code         TEXT NOT NULL,
    unit_of_measure_code  TEXT NOT NULL,
    quantity              TEXT NOT NULL,
    direct_unit_cost      TEXT NOT NULL,
    line_amount           TEXT NOT NULL,
    vendor_item_no        TEXT NOT NULL,
    expected_receipt_date TEXT NOT NULL,
    supplier_host         TEXT NOT NULL,
    capture_id            TEXT NOT NULL,
    capture_line_no       INTEGER NOT NULL,
    PRIMARY KEY (company_id, document_no, line_no),
    FOREIGN KEY (company_id, document_no) REFERENCES purchase_headers (company_id, no)
) STRICT;

-- SQLite cannot change a CHECK: the users get two more kinds of rights.
CREATE TABLE users_with_more_rights (
    login     TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    rights    TEXT NOT NULL CHECK (rights IN ('full', 'items', 'team-member', 'read-only', 'unlicensed'))
) STRICT;
INSERT INTO users_with_more_rights SELECT login, user_name, rights FROM users;
DROP TABLE users;
ALTER TABLE users_with_more_rights RENAME TO users;
