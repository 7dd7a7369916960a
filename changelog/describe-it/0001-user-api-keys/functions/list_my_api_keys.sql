create or replace function private.list_my_api_keys()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_remove(
        array[
            case when k.openai_api_key is not null then 'openai' end,
            case when k.unsplash_api_key is not null then 'unsplash' end,
            case when k.anthropic_api_key is not null then 'anthropic' end
        ],
        null
    )
    from public.user_api_keys as k
    where k.user_id = (select auth.uid())
$$;

comment on function private.list_my_api_keys() is 'Providers for which the caller has a key; null if the caller never set one.';

revoke all on function private.list_my_api_keys() from public;
