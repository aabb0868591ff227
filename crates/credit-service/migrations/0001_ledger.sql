-- Credits are whole numbers. Moments are milliseconds since 1970-01-01T00:00:00Z.
-- The statements keep to what SQLite and PostgreSQL share.

CREATE TABLE accounts (
    account_id TEXT NOT NULL PRIMARY KEY,
    first_seen_at BIGINT NOT NULL
);

-- One row per capture: what the client said of it, and where its credit is.
CREATE TABLE captures (
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    capture_id TEXT NOT NULL,
    captured_at BIGINT NOT NULL,
    vendor_host TEXT NOT NULL,
    line_count BIGINT NOT NULL CHECK (line_count BETWEEN 1 AND 10000),
    state TEXT NOT NULL CHECK (state IN ('held', 'confirmed', 'released')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (account_id, capture_id)
);

CREATE INDEX captures_newest ON captures (account_id, created_at, capture_id);

-- Append-only: rows are never changed or deleted; the balance is the sum of the amounts.
-- An entry of kind 'owed' is a debit that no credit covered when it was made.
CREATE TABLE ledger_entries (
    entry_id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'debit', 'owed')),
    amount BIGINT NOT NULL,
    reason TEXT NOT NULL,
    capture_id TEXT,
    idempotency_key TEXT,
    entered_at BIGINT NOT NULL,
    CHECK ((kind = 'grant' AND amount > 0) OR (kind <> 'grant' AND amount = -1 AND capture_id IS NOT NULL)),
    -- One debit per capture, one grant per key, whatever the program does.
    UNIQUE (account_id, capture_id),
    UNIQUE (account_id, idempotency_key)
);

CREATE INDEX ledger_balance ON ledger_entries (account_id, amount);
