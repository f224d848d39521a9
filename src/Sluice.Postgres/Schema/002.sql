-- Which sample of which eval a run is. No append but the first sets these columns, and runs that are no samples are in neither index.
alter table runs add column eval_run_id text collate "C";
alter table runs add column test_case_id text collate "C";
alter table runs add column sample integer;
create index runs_by_eval on runs (tenant, eval_run_id, started_at desc) where eval_run_id is not null;
create index runs_by_test_case on runs (tenant, test_case_id, started_at desc) where test_case_id is not null;

drop function append_entries;

-- Appends to many runs in the order given, each all or nothing. An append takes its run's row by compare-and-set: the sequence follows and
-- the lease is the newest. Entry i belongs to append e_append[i], counted from 1. The columns of samples are
-- null where no append begins one.
create function append_entries(
  of_tenant text, run_ids text[], thread_ids text[], thread_ordinals integer[], entry_agents text[], states text[],
  started bigint[], updated bigint[], first_entries bigint[], last_entries bigint[], last_events bigint[], finish_reasons text[],
  errors text[], lease_owners text[], lease_tokens bigint[], eval_run_ids text[], test_case_ids text[], samples integer[],
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
        last_events[i], finish_reasons[i], errors[i], kept_owner, lease_tokens[i], false, eval_run_ids[i], test_case_ids[i], samples[i])
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
