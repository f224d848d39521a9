CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    prefix TEXT NOT NULL,
    tenant TEXT NOT NULL,
    workspace TEXT NOT NULL,
    UNIQUE (prefix, tenant, workspace)
) STRICT;

-- What is searched stands in the table words, under the same key.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    item_type TEXT NOT NULL,
    database_id TEXT,
    table_key TEXT,
    other_table_key TEXT,
    -- Null of those that are only found by their words, such as values.
    folded_name TEXT,
    folded_qualified_name TEXT,
    hash TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX documents_by_id ON documents (scope, document_id);

CREATE INDEX documents_of_tables ON documents (scope, database_id) WHERE item_type = 'table';
CREATE INDEX documents_by_table ON documents (scope, table_key, item_type) WHERE table_key IS NOT NULL;
CREATE INDEX documents_by_other_table ON documents (scope, other_table_key) WHERE other_table_key IS NOT NULL;
CREATE INDEX documents_by_name ON documents (scope, folded_name) WHERE folded_name IS NOT NULL;
CREATE INDEX documents_by_qualified_name ON documents (scope, folded_qualified_name) WHERE folded_qualified_name IS NOT NULL;

-- Facets are words that say whose document it is and of which kind and database: so the index itself leaves out the others.
CREATE VIRTUAL TABLE words USING fts5 (name, parts, tags, content, sample_values, facets, tokenize = 'porter unicode61');

-- A name says most, and a column's name more of its table than a description does.
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(6.0, 2.0, 4.0, 1.0, 1.0, 0.0)');

-- What documents mean, as little-endian floats of length one.
CREATE TABLE vectors (
    key INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    vector BLOB NOT NULL
) STRICT;

-- Numbers are never used twice, so that what is known of them stays true.
CREATE TABLE vocabulary (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL,
    word TEXT NOT NULL,
    UNIQUE (scope, word)
) STRICT;
