create or replace function private.audit_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
    becomes jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
    person text := case when tg_table_name = 'profiles' then (was || becomes) ->> 'id' else (was || becomes) ->> 'user_id' end;
    changed jsonb;
begin
    select coalesce(jsonb_object_agg(key, jsonb_build_array(was -> key, becomes -> key)), '{}')
    into changed
    from jsonb_object_keys(was || becomes) as key
    where was -> key is distinct from becomes -> key
        and key not in ('created_at', 'updated_at', 'email', 'user_id')
        and (tg_argv[1] is null or key = any (string_to_array(tg_argv[1], ' ')));

    if changed <> '{}' then
        insert into public.audit_logs (actor_user_id, actor_role, action, table_name, row_id, subject_user_id, patch)
        values (
            -- An account deleted by this same statement can no longer be referenced.
            (select p.id from public.profiles as p where p.id = (select auth.uid())),
            coalesce(nullif(current_setting('role', true), 'none'), session_user),
            lower(tg_op),
            tg_table_schema || '.' || tg_table_name,
            (
                select string_agg((was || becomes) ->> k.name, ' ' order by k.place)
                from unnest(string_to_array(tg_argv[0], ' ')) with ordinality as k (name, place)
                where (was || becomes) ->> k.name is distinct from person
            ),
            (select p.id from public.profiles as p where p.id = person::uuid),
            changed
        );
    end if;
    return null;
end
$$;

comment on function private.audit_change() is
    'Trigger: write the changed columns of a row to audit_logs, and the account that the row is about. Arguments: the key columns, and the columns to audit if not all.';

revoke all on function private.audit_change() from public;
