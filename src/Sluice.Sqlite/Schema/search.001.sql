CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    prefix TEXT NOT NULL,
    tenant TEXT NOT NULL,
    workspace TEXT NOT NULL,
    UNIQUE (prefix, tenant, workspace)
) STRICT;

-- What is searched stands in the two tables below, under the same key.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    item_type TEXT NOT NULL,
    database_id TEXT,
    table_id TEXT,
    hash TEXT NOT NULL,
    UNIQUE (scope, document_id)
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (name, parts, tags, content, sample_values, tokenize = 'porter unicode61');

-- Only whether a document has a trigram counts, so nothing is kept of where.
CREATE VIRTUAL TABLE trigrams USING fts5 (name, detail = none, tokenize = 'trigram');
