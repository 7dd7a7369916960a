create or replace function private.queue_key_validations()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    item record;
begin
    for item in
        select k.provider, k.envelope
        from (values
            ('openai', new.openai_api_key, case when tg_op = 'UPDATE' then old.openai_api_key end),
            ('unsplash', new.unsplash_api_key, case when tg_op = 'UPDATE' then old.unsplash_api_key end),
            ('anthropic', new.anthropic_api_key, case when tg_op = 'UPDATE' then old.anthropic_api_key end)
        ) as k (provider, envelope, earlier)
        where k.envelope is distinct from k.earlier
    loop
        if item.envelope is null then
            delete from private.key_validations as v
            where v.user_id = new.user_id
                and v.provider = item.provider;
        else
            insert into private.key_validations as v (user_id, provider)
            values (new.user_id, item.provider)
            on conflict (user_id, provider) do update
            set status = excluded.status,
                attempts = excluded.attempts,
                run_after = excluded.run_after,
                claim = null,
                last_error = null,
                checked_at = null;
        end if;
        perform private.apply_key_validations(new.user_id);
    end loop;
    return null;
end
$$;

comment on function private.queue_key_validations() is
    'Trigger: queue keys that were set for validation, which ends a worker''s claim of the earlier key, and forget keys that were deleted.';

revoke all on function private.queue_key_validations() from public;
