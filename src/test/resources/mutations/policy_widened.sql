select object, array[name] as concerns, roles, array[relname, polname] as hints, origins,
    format('alter policy %I on %s', polname, quoted)
        || case polcmd when 'a' then ' with check (true)' when 'r' then ' using (true)' when 'd' then ' using (true)' else ' using (true) with check (true)' end as sql
from policy
where polpermissive and not open
order by 1
