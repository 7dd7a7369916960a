create or replace function private.backfill_vector_progress(p_profiles integer)
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
    select 'vector_progress', nullif(c.reltuples, -1)::bigint
    from pg_catalog.pg_class as c
    where c.oid = 'public.game_profiles'::regclass
    on conflict (name) do nothing;

    select b.* into strict state
    from private.backfills as b
    where b.name = 'vector_progress'
    for update;

    -- Two statements, so that each can use the primary key; "is null or" would scan from the start in every batch.
    if state.last_key is null then
        keys := array(
            select p.id from public.game_profiles as p
            order by p.id limit p_profiles for key share
        );
    else
        keys := array(
            select p.id from public.game_profiles as p
            where p.id > state.last_key
            order by p.id limit p_profiles for key share
        );
    end if;

    insert into public.vector_progress (profile_id, vector)
    select key, five.vector
    from unnest(keys) as key
    cross join (values ('genius'), ('spirit'), ('mind'), ('emotions'), ('body')) as five (vector)
    on conflict (profile_id, vector, version) do nothing;
    get diagnostics added = row_count;

    update private.backfills as b
    set last_key = coalesce(keys[cardinality(keys)], b.last_key),
        keys_done = b.keys_done + cardinality(keys),
        rows_added = b.rows_added + added,
        updated_at = clock_timestamp(),
        finished_at = case when cardinality(keys) < p_profiles then clock_timestamp() end
    where b.name = 'vector_progress';

    return cardinality(keys) = p_profiles;
end
$$;

comment on function private.backfill_vector_progress(integer) is
    'Insert the vector_progress rows of the next p_profiles profiles in order of id; returns false when none is left. Commit after each call.';

revoke all on function private.backfill_vector_progress(integer) from public;
