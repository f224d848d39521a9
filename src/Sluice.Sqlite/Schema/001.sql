CREATE TABLE tenants (
    id INTEGER PRIMARY KEY,
    resource_id TEXT NOT NULL UNIQUE,
    signing_key BLOB
) STRICT;

CREATE TABLE owners (
    tenant INTEGER NOT NULL,
    owner TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    thread_ordinal INTEGER NOT NULL,
    entry_agent TEXT NOT NULL,
    state INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_entry INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    owner TEXT,
    token INTEGER NOT NULL,
    finish_reason INTEGER,
    error BLOB,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant, run_id)
) STRICT;
CREATE INDEX runs_by_start ON runs (tenant, started_at, run_id);
CREATE INDEX runs_by_state ON runs (tenant, state, started_at, run_id);
-- Without the id, here and below: in one thread or run hardly two are of one instant, so those are sorted as they are read.
CREATE INDEX runs_by_thread ON runs (tenant, thread_id, started_at);
CREATE INDEX runs_to_cancel ON runs (tenant, started_at, run_id) WHERE cancel_requested = 1;
-- For retention. Runs that go on are not in it, so that their appends do not write to it.
CREATE INDEX runs_ended ON runs (tenant, state, updated_at) WHERE state > 1;

-- In the order of commits: the appends of many runs share the last pages. A previous hash is null where it is the hash of the entry
-- before, or for the first one 32 zero bytes, as it should be.
CREATE TABLE entries (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    run INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event_sequence INTEGER NOT NULL,
    step_key TEXT NOT NULL,
    agent TEXT,
    previous_hash BLOB,
    hash BLOB NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (tenant, run, sequence)
) STRICT;

-- A document leaves out what stands in a column of its own.
CREATE TABLE plans (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    plan_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    document BLOB NOT NULL,
    UNIQUE (tenant, plan_id)
) STRICT;
CREATE INDEX plans_by_creation ON plans (tenant, created_at, plan_id);
CREATE INDEX plans_by_status ON plans (tenant, status, created_at, plan_id);
CREATE INDEX plans_by_thread ON plans (tenant, thread_id, created_at);
CREATE INDEX plans_by_run ON plans (tenant, run_id, created_at);

CREATE TABLE approvals (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    approval_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    is_applied INTEGER NOT NULL,
    is_lasting INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    version INTEGER NOT NULL,
    document BLOB NOT NULL,
    UNIQUE (tenant, approval_id)
) STRICT;
CREATE INDEX approvals_by_creation ON approvals (tenant, created_at, approval_id);
CREATE INDEX approvals_by_run ON approvals (tenant, run_id, created_at);
CREATE INDEX approvals_by_thread ON approvals (tenant, thread_id, created_at);
CREATE INDEX approvals_pending ON approvals (tenant, created_at, approval_id) WHERE status = 0;
CREATE INDEX approvals_expiring ON approvals (tenant, expires_at) WHERE status = 0 AND expires_at IS NOT NULL;
CREATE INDEX approvals_unapplied ON approvals (tenant, created_at, approval_id) WHERE status <> 0 AND is_applied = 0;

CREATE TABLE grants (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    grant_id TEXT NOT NULL,
    tool_name TEXT NOT NULL,
    run_id TEXT NOT NULL,
    scope INTEGER NOT NULL,
    document BLOB NOT NULL,
    UNIQUE (tenant, grant_id)
) STRICT;
CREATE INDEX grants_by_tool ON grants (tenant, tool_name);
CREATE INDEX grants_by_run ON grants (tenant, run_id, scope);

-- Keys are never used again: a reader that is late finds nothing rather than another value's bytes.
CREATE TABLE reference_values (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    is_compressed INTEGER NOT NULL,
    stored_bytes INTEGER NOT NULL,
    glimpse BLOB NOT NULL,
    UNIQUE (tenant, reference_id)
) STRICT;
CREATE INDEX reference_values_expiring ON reference_values (tenant, expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE reference_chunks (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    value INTEGER NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (tenant, value, number)
) STRICT;

CREATE TABLE threads (
    key INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    thread_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    run_count INTEGER NOT NULL,
    last_place INTEGER NOT NULL,
    UNIQUE (tenant, thread_id)
) STRICT;
CREATE INDEX threads_by_use ON threads (tenant, updated_at, thread_id);

CREATE TABLE thread_runs (
    tenant INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    place INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    PRIMARY KEY (tenant, thread, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_runs_by_run ON thread_runs (tenant, thread, run_id);
