-- Credits are whole numbers. Moments are milliseconds since 1970-01-01T00:00:00Z.

-- The row of an account is also its lock: a writer on PostgreSQL takes it first.
CREATE TABLE accounts (
    account_id TEXT NOT NULL PRIMARY KEY,
    first_seen_at BIGINT NOT NULL,
    -- 1 while the account is being deleted at its owner's wish: only then may its rows of the ledger go.
    closing BIGINT NOT NULL DEFAULT 0
);

-- One row per capture: what the client said of it, and where its credit is. Kept for twelve months.
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
CREATE INDEX captures_held ON captures (account_id, expires_at) WHERE state = 'held';
CREATE INDEX captures_oldest ON captures (created_at);

-- Append-only. A grant opens a lot of credits, which does not expire; a debit uses one credit of the oldest lot that has
-- any. An entry of kind 'owed' is a debit that no credit covered when it was made. `balance` is the sum up to and with
-- this entry.
CREATE TABLE ledger_entries (
    account_id TEXT NOT NULL REFERENCES accounts (account_id),
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'debit', 'owed')),
    amount BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    reason TEXT NOT NULL,
    capture_id TEXT,
    idempotency_key TEXT,
    entered_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, sequence),
    CHECK ((kind = 'grant' AND amount > 0) OR (kind <> 'grant' AND amount = -1 AND capture_id IS NOT NULL)),
    -- Whatever the program does, only what is owed takes a balance below zero.
    CHECK (kind <> 'debit' OR balance >= 0),
    -- One debit per capture, one grant per key, whatever the program does.
    UNIQUE (account_id, capture_id),
    UNIQUE (account_id, idempotency_key)
);

-- How captures go at which shop, counted by day, with no word on whose they were. Kept for ninety days.
CREATE TABLE events (
    day BIGINT NOT NULL,
    vendor_host TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('posted', 'failed')),
    captures BIGINT NOT NULL CHECK (captures > 0),
    PRIMARY KEY (day, vendor_host, outcome)
);

CREATE FUNCTION refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM accounts WHERE account_id = OLD.account_id AND closing = 1
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only';
END;
$$;

CREATE TRIGGER ledger_entries_never_change BEFORE UPDATE OR DELETE ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_ledger();

CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_ledger();
