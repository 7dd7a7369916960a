create or replace function private.backfill_user_progress(p_users integer)
returns boolean
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    state private.backfills;
    keys uuid[];
    added bigint;
begin
    insert into private.backfills (name, keys_estimated)
    select 'user_progress', nullif(c.reltuples, -1)::bigint
    from pg_catalog.pg_class as c
    where c.oid = 'public.users'::regclass
    on conflict (name) do nothing;

    select b.* into strict state
    from private.backfills as b
    where b.name = 'user_progress'
    for update;

    -- Two statements, so that each can use the primary key; "is null or" would scan from the start in every batch.
    if state.last_key is null then
        keys := array(
            select u.id from public.users as u
            order by u.id limit p_users for key share
        );
    else
        keys := array(
            select u.id from public.users as u
            where u.id > state.last_key
            order by u.id limit p_users for key share
        );
    end if;

    added := private.recompute_user_progress(keys);

    update private.backfills as b
    set last_key = coalesce(keys[cardinality(keys)], b.last_key),
        keys_done = b.keys_done + cardinality(keys),
        rows_added = b.rows_added + added,
        updated_at = clock_timestamp(),
        finished_at = case when cardinality(keys) < p_users then clock_timestamp() end
    where b.name = 'user_progress';

    return cardinality(keys) = p_users;
end
$$;

comment on function private.backfill_user_progress(integer) is
    'Compute the progress of the next p_users users in order of id; returns false when none is left. Commit after each call.';

revoke all on function private.backfill_user_progress(integer) from public;
