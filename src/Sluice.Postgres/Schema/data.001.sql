-- Catalogs and key-value stores. Runs on a schema that may hold a storage too, with search_path set to it.
-- A scope is the SHA-256 of prefix, tenant and workspace, which together may be too long for an index. They stand beside it for people, and the
-- tenant for row-level security. Texts are compared and sorted by their bytes: collate "C".

create table key_values (
  tenant text collate "C" not null,
  workspace text collate "C" not null,
  prefix text collate "C" not null,  -- keeps environments apart that share a schema
  scope bytea not null,
  key text collate "C" not null,
  value bytea not null,
  primary key (scope, key)
);

-- The whole entry is in its content, as JSON; a text, since jsonb would change numbers and refuse some texts. What stands beside it is what
-- entries are found by; folded is upper case, as .NET makes it.
create table catalog_entries (
  tenant text collate "C" not null,
  workspace text collate "C" not null,
  scope bytea not null,
  entry_id text collate "C" not null,
  item_type text collate "C" not null,
  qualified_name text collate "C" not null,
  name text collate "C" not null,
  folded_name text collate "C" not null,
  database_id text collate "C",
  folded_table text collate "C",
  document_id text collate "C",
  content text not null,
  -- An index cannot hold texts of any length: it has their beginnings, and what shares one is compared and sorted as it is read. They are columns
  -- since row-level security keeps left() out of an index's conditions.
  qualified_start text collate "C" not null generated always as (left(qualified_name, 200)) stored,
  folded_start text collate "C" not null generated always as (left(folded_name, 200)) stored,
  table_start text collate "C" generated always as (left(folded_table, 200)) stored,
  document_start text collate "C" generated always as (left(document_id, 200)) stored,
  primary key (scope, entry_id)
);
create index catalog_by_order on catalog_entries (scope, item_type, qualified_start);
create index catalog_by_name on catalog_entries (scope, folded_start);
create index catalog_by_table on catalog_entries (scope, table_start, item_type, qualified_start) where table_start is not null;
create index catalog_by_document on catalog_entries (scope, document_start, item_type, qualified_start) where document_start is not null;

-- The second wall between tenants: whatever a statement forgets, it sees the rows of one tenant. Superusers pass it.
alter table key_values enable row level security;
alter table key_values force row level security;
create policy one_tenant on key_values using (tenant = current_setting('sluice.tenant', true));
alter table catalog_entries enable row level security;
alter table catalog_entries force row level security;
create policy one_tenant on catalog_entries using (tenant = current_setting('sluice.tenant', true));
