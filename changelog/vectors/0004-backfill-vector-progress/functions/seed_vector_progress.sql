create or replace function private.seed_vector_progress()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    insert into public.vector_progress (profile_id, vector)
    select made.id, five.vector
    from made
    cross join (values ('genius'), ('spirit'), ('mind'), ('emotions'), ('body')) as five (vector)
    on conflict (profile_id, vector, version) do nothing;
    return null;
end
$$;

comment on function private.seed_vector_progress() is
    'Trigger: insert a vector_progress row for each of the five vectors of the inserted profiles.';

revoke all on function private.seed_vector_progress() from public;
