-- If no role of the policy has the privilege, the mutation also grants it; otherwise widening the policy would have no effect.
select object, array[name] as concerns, roles, array[relname, polname] as hints, origins,
    format('alter policy %I on %s', polname, quoted)
        || case polcmd when 'a' then ' with check (true)' when 'r' then ' using (true)' when 'd' then ' using (true)' else ' using (true) with check (true)' end
        || case when not exists (
                select
                from unnest(roles) as role
                where has_table_privilege(role, relation, command) or command <> 'delete' and has_any_column_privilege(role, relation, command)
            ) then format('; grant %s on table %s to %s', command, quoted, array_to_string(roles, ', ')) else '' end as sql
from policy
where polpermissive and not open
order by 1
