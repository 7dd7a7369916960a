select object, array[name] as concerns, roles, array[relname, polname] as hints, origins, format('drop policy %I on %s', polname, quoted) as sql
from policy
order by 1
