create or replace function private.apply_key_validations(p_user uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    update public.user_api_keys as k
    set is_active = not v.has_invalid,
        last_validated_at = case when v.all_valid then v.oldest_check else k.last_validated_at end
    from (
        select coalesce(bool_or(v.status = 'invalid'), false) as has_invalid,
            coalesce(bool_and(v.status = 'valid'), false) as all_valid,
            min(v.checked_at) as oldest_check
        from private.key_validations as v
        where v.user_id = p_user
    ) as v
    where k.user_id = p_user
$$;

comment on function private.apply_key_validations(uuid) is
    'Set is_active of a user''s keys to whether none is invalid, and last_validated_at to the oldest check if all are valid.';

revoke all on function private.apply_key_validations(uuid) from public;
