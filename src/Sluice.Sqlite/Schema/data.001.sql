-- The prefix keeps several environments apart that share a file. A row names its scope by the id.
CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    prefix TEXT NOT NULL,
    tenant TEXT NOT NULL,
    workspace TEXT NOT NULL,
    UNIQUE (prefix, tenant, workspace)
) STRICT;

-- The index of the unique key holds all that a listing reads, apart from the values.
CREATE TABLE key_values (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    key TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    is_compressed INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (scope, key)
) STRICT;

-- The whole entry is in its content. What stands beside it is what entries are found by; folded is upper case, as .NET makes it.
CREATE TABLE catalog_entries (
    key INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    item_type TEXT NOT NULL,
    qualified_name TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    database_id TEXT,
    folded_table TEXT,
    document_id TEXT,
    content BLOB NOT NULL,
    UNIQUE (scope, entry_id)
) STRICT;
CREATE INDEX catalog_by_order ON catalog_entries (scope, item_type, qualified_name, name, entry_id);
CREATE INDEX catalog_by_name ON catalog_entries (scope, folded_name, entry_id);
CREATE INDEX catalog_by_table ON catalog_entries (scope, folded_table, item_type, qualified_name, name, entry_id) WHERE folded_table IS NOT NULL;
CREATE INDEX catalog_by_document ON catalog_entries (scope, document_id, item_type, qualified_name, name, entry_id) WHERE document_id IS NOT NULL;
