-- Runs on an empty schema, with search_path set to it. Texts that are compared or sorted are ordinal: collate "C".
-- Times are milliseconds since 1970. JSON is text, so that a number stays as it was written.

create table runs (
  tenant text collate "C" not null,
  run_id text collate "C" not null,
  thread_id text collate "C" not null,
  thread_ordinal integer not null,
  entry_agent text not null,
  state text collate "C" not null,
  started_at bigint not null,
  updated_at bigint not null,
  last_entry bigint not null,
  last_event bigint not null,
  finish_reason text,
  error text,
  lease_owner text collate "C",  -- null: nobody holds it
  lease_token bigint not null,
  cancel_requested boolean not null default false,
  primary key (tenant, run_id)
) with (fillfactor = 80);
-- Without the id, here and below: while a table has no statistics, an index that ends with it is taken for one as good as the primary key.
-- Rows of one instant are sorted as they are read. For runs even that is not enough: only listings say the condition, so that an append
-- finds its row by the primary key from the first one on.
create index runs_by_start on runs (tenant, started_at desc) where started_at > 0;
create index runs_by_thread on runs (tenant, thread_id, started_at desc) where started_at > 0;
create index runs_to_cancel on runs (tenant, started_at desc, run_id desc) where cancel_requested;
create index runs_running on runs (tenant, started_at desc, run_id desc) where state = 'running';
create index runs_waiting on runs (tenant, started_at desc, run_id desc) where state = 'waiting';

create table entries (
  tenant text collate "C" not null,
  run_id text collate "C" not null,
  sequence bigint not null,
  kind integer not null,
  key text not null,
  agent text,
  at bigint not null,
  event_sequence bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  data bytea not null,
  primary key (tenant, run_id, sequence)
);

create table lease_owners (
  tenant text collate "C" not null,
  owner text collate "C" not null,
  expires_at bigint not null,
  primary key (tenant, owner)
);

create table threads (
  tenant text collate "C" not null,
  thread_id text collate "C" not null,
  created_at bigint not null,
  updated_at bigint not null,
  last_place integer not null,
  run_count integer not null,
  primary key (tenant, thread_id)
);
create index threads_by_use on threads (tenant, updated_at desc);

create table thread_runs (
  tenant text collate "C" not null,
  thread_id text collate "C" not null,
  run_id text collate "C" not null,
  place integer not null,
  primary key (tenant, thread_id, run_id),
  unique (tenant, thread_id, place)
);

create table plans (
  tenant text collate "C" not null,
  plan_id text collate "C" not null,
  status text collate "C" not null,
  thread_id text collate "C" not null,
  run_id text collate "C" not null,
  stored_at bigint not null,
  revision bigint not null,
  document text not null,
  primary key (tenant, plan_id)
);
create index plans_by_store on plans (tenant, stored_at desc);
create index plans_by_status on plans (tenant, status, stored_at desc);
create index plans_by_thread on plans (tenant, thread_id, stored_at desc);
create index plans_by_run on plans (tenant, run_id, stored_at desc);

create table approvals (
  tenant text collate "C" not null,
  id text collate "C" not null,
  status text collate "C" not null,
  is_applied boolean not null,
  is_lasting boolean not null,  -- a grant that holds beyond the run rests on it
  run_id text collate "C" not null,
  thread_id text collate "C" not null,
  created_at bigint not null,
  expires_at bigint,
  version bigint not null,
  document text not null,
  primary key (tenant, id)
);
create index approvals_by_creation on approvals (tenant, created_at);
create index approvals_pending on approvals (tenant, created_at, id) where status = 'pending';
create index approvals_expiring on approvals (tenant, expires_at) where status = 'pending' and expires_at is not null;
create index approvals_unapplied on approvals (tenant, created_at, id) where status <> 'pending' and not is_applied;
create index approvals_by_run on approvals (tenant, run_id, created_at);
create index approvals_by_thread on approvals (tenant, thread_id, created_at);

create table grants (
  tenant text collate "C" not null,
  id text collate "C" not null,
  tool_name text collate "C" not null,
  run_id text collate "C" not null,
  is_lasting boolean not null,
  document text not null,
  primary key (tenant, id)
);
create index grants_by_tool on grants (tenant, tool_name);
create index grants_by_run on grants (tenant, run_id) where not is_lasting;

create table signing_keys (
  tenant text collate "C" not null primary key,
  key bytea not null
);

create table reference_values (
  tenant text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  glimpse text not null,
  bytes bigint not null,
  created_at bigint not null,
  expires_at bigint,
  is_compressed boolean not null,
  content bigint not null generated always as identity,  -- a value that is stored anew after its removal has another
  primary key (tenant, id)
);
create index reference_values_expiring on reference_values (tenant, expires_at) where expires_at is not null;

create table reference_chunks (
  tenant text collate "C" not null,
  content bigint not null,
  number integer not null,
  data bytea not null,
  primary key (tenant, content, number)
);
-- Compressed already, where that pays.
alter table reference_chunks alter column data set storage external;

-- The second wall between tenants: whatever a statement forgets, it sees the rows of one tenant. Superusers pass it.
do $$
declare
  name text;
begin
  foreach name in array array['runs', 'entries', 'lease_owners', 'threads', 'thread_runs', 'plans', 'approvals', 'grants', 'signing_keys',
    'reference_values', 'reference_chunks']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy one_tenant on %I using (tenant = current_setting(''sluice.tenant'', true))', name);
  end loop;
end
$$;

-- Appends to many runs in the order given, each all or nothing. An append takes its run's row by compare-and-set: the sequence follows and
-- the lease is the newest. Entry i belongs to append e_append[i], counted from 1.
create function append_entries(
  of_tenant text, run_ids text[], thread_ids text[], thread_ordinals integer[], entry_agents text[], states text[],
  started bigint[], updated bigint[], first_entries bigint[], last_entries bigint[], last_events bigint[], finish_reasons text[],
  errors text[], lease_owners text[], lease_tokens bigint[],
  e_append integer[], e_sequence bigint[], e_kind integer[], e_key text[], e_agent text[], e_at bigint[], e_event bigint[],
  e_previous bytea[], e_hash bytea[], e_data bytea[])
returns boolean[] language plpgsql as $$
declare
  taken boolean[] := array_fill(false, array[cardinality(run_ids)]);
  kept_owner text;
begin
  for i in 1 .. cardinality(run_ids) loop
    kept_owner := case when states[i] in ('running', 'waiting') then lease_owners[i] end;
    if first_entries[i] = 1 then
      insert into runs values (
        of_tenant, run_ids[i], thread_ids[i], thread_ordinals[i], entry_agents[i], states[i], started[i], updated[i], last_entries[i],
        last_events[i], finish_reasons[i], errors[i], kept_owner, lease_tokens[i])
      on conflict do nothing;
    else
      update runs r set
        thread_id = thread_ids[i], thread_ordinal = thread_ordinals[i], entry_agent = entry_agents[i], state = states[i],
        started_at = started[i], updated_at = updated[i], last_entry = last_entries[i], last_event = last_events[i],
        finish_reason = finish_reasons[i], error = errors[i], lease_owner = kept_owner
      where r.tenant = of_tenant and r.run_id = run_ids[i] and r.last_entry = first_entries[i] - 1
        and r.lease_owner = lease_owners[i] and r.lease_token = lease_tokens[i];
    end if;
    taken[i] := found;
  end loop;
  insert into entries
  select of_tenant, run_ids[e.append], e.sequence, e.kind, e.key, e.agent, e.at, e.event, e.previous, e.hash, e.data
  from unnest(e_append, e_sequence, e_kind, e_key, e_agent, e_at, e_event, e_previous, e_hash, e_data)
    as e (append, sequence, kind, key, agent, at, event, previous, hash, data)
  where taken[e.append];
  return taken;
end
$$;

-- Puts a run at the end of its thread and returns its place. The thread's row is the lock.
create function add_thread_run(of_tenant text, of_thread text, added_run text, added_at bigint)
returns integer language plpgsql as $$
declare
  known integer;
begin
  loop
    insert into threads values (of_tenant, of_thread, added_at, added_at, 0, 0) on conflict do nothing;
    -- A thread whose last run is taken off at the same time is gone now: it begins anew.
    perform from threads t where t.tenant = of_tenant and t.thread_id = of_thread for update;
    exit when found;
  end loop;
  select r.place into known from thread_runs r where r.tenant = of_tenant and r.thread_id = of_thread and r.run_id = added_run;
  if found then return known; end if;
  update threads t set updated_at = added_at, last_place = t.last_place + 1, run_count = t.run_count + 1
  where t.tenant = of_tenant and t.thread_id = of_thread
  returning t.last_place into known;
  insert into thread_runs values (of_tenant, of_thread, added_run, known);
  return known;
end
$$;

create function remove_thread_runs(of_tenant text, of_thread text, removed text[])
returns void language plpgsql as $$
declare
  gone integer;
begin
  perform from threads t where t.tenant = of_tenant and t.thread_id = of_thread for update;
  delete from thread_runs r where r.tenant = of_tenant and r.thread_id = of_thread and r.run_id = any (removed);
  get diagnostics gone = row_count;
  update threads t set run_count = t.run_count - gone where t.tenant = of_tenant and t.thread_id = of_thread;
  delete from threads t where t.tenant = of_tenant and t.thread_id = of_thread and t.run_count = 0;
end
$$;
