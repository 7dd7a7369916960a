package changelogs.bench;

import changelogs.testing.Session;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the tables of which a user sees only own rows: a policy of the changelog compares an account, or a key of such a table. */
final class ScopedTables {

    private static final String POLICY_COLUMNS = """
            select c.oid::regclass::text as "table", quote_ident(a.attname) as name,
                (c.relname in ('users', 'profiles') and a.attname = 'id') or a.attname ~ '(^|_)user_id$' or exists (
                    select from pg_constraint as k
                    where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
                        and k.confrelid = any (array[to_regclass('auth.users'), to_regclass('public.users'), to_regclass('public.profiles')])) as account,
                coalesce((select array_agg(k.confrelid::regclass::text) from pg_constraint as k
                    where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)), '{}') as parents
            from pg_policy as p
            join pg_class as c on c.oid = p.polrelid
            join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'public'
            join pg_depend as d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refobjid = c.oid and d.refobjsubid > 0
            join pg_attribute as a on a.attrelid = c.oid and a.attnum = d.refobjsubid and a.atttypid = 'uuid'::regtype
            where p.polcmd in ('r', '*') and 'authenticated'::regrole = any (p.polroles)
            group by c.oid, c.relname, a.attname, a.attnum
            order by 1, account desc, a.attname = 'user_id' desc, 2
            """;
    private static final String POLICIES = "select c.oid::regclass || ' ' || p.polname from pg_policy as p join pg_class as c on c.oid = p.polrelid";
    private static final String DETAILS = """
            select coalesce(
                    (select quote_ident(a.attname) from pg_index as i join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[1]
                        where i.indrelid = c.oid and a.atttypid in ('timestamptz'::regtype, 'date'::regtype) and i.indpred is null
                        order by i.indkey[0] = (select attnum from pg_attribute where attrelid = c.oid and quote_ident(attname) = ?) desc, i.indexrelid limit 1),
                    (select 'created_at' from pg_attribute as a where a.attrelid = c.oid and a.attname = 'created_at'),
                    (select quote_ident(a.attname) from pg_attribute as a where a.attrelid = c.oid and a.atttypid = 'timestamptz'::regtype order by a.attnum limit 1),
                    (select quote_ident(a.attname) from pg_index as i join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                        where i.indrelid = c.oid and i.indisprimary)) as time,
                array(select quote_ident(a.attname) from pg_index as i, unnest(i.indkey) with ordinality as k (n, o)
                    join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.n where i.indrelid = c.oid and i.indisprimary order by k.o) as key,
                array(select quote_ident(a.attname) from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    and has_column_privilege('authenticated', c.oid, a.attnum, 'select') order by a.attnum) as columns
            from pg_class as c
            where c.oid = ?::regclass
            """;

    private ScopedTables() {
    }

    /**
     * A table.
     *
     * @param owners columns that the policy compares
     * @param accounts whether these contain accounts; else keys of another table
     * @param time column that orders the newest rows
     * @param key columns of the primary key
     * @param columns columns that users may read
     */
    record Table(String name, List<String> owners, boolean accounts, String time, List<String> key, List<String> columns) {

        String simpleName() {
            return name.substring(name.indexOf('.') + 1);
        }

        /** The condition of a policy written for one user and one table. */
        String plainCondition() {
            return owners.stream().map(column -> column + (accounts ? " = (select auth.uid())" : " = any ((select current_setting('bench.keys'))::uuid[])"))
                    .collect(Collectors.joining(" or "));
        }
    }

    /** The tables in a migrated database; those with policies of the product, before the changelog, are not ours. */
    static List<Table> in(Session operator, Session unmigrated) {
        operator.update("set search_path = ''");
        unmigrated.update("set search_path = ''");
        Set<String> foreign = unmigrated.column(String.class, POLICIES).stream().map(policy -> policy.split(" ")[0]).collect(Collectors.toSet());
        Map<String, List<String>> accounts = new LinkedHashMap<>();
        Map<String, Map<String, List<String>>> keys = new LinkedHashMap<>();
        operator.rows(POLICY_COLUMNS).forEach(row -> {
            String table = (String) row.get("table");
            if ((Boolean) row.get("account")) {
                accounts.computeIfAbsent(table, name -> new ArrayList<>()).add((String) row.get("name"));
            } else {
                keys.computeIfAbsent(table, name -> new LinkedHashMap<>()).put((String) row.get("name"), texts(row.get("parents")));
            }
        });
        List<Table> tables = new ArrayList<>();
        Set<String> found = new HashSet<>(accounts.keySet());
        accounts.forEach((table, columns) -> tables.add(table(operator, table, columns.contains("user_id") ? List.of("user_id") : columns, true)));
        for (int depth = 0; depth < keys.size(); depth++) {
            keys.forEach((table, columns) -> columns.forEach((column, parents) -> {
                if (!found.contains(table) && parents.stream().anyMatch(found::contains)) {
                    found.add(table);
                    tables.add(table(operator, table, List.of(column), false));
                }
            }));
        }
        tables.removeIf(table -> foreign.contains(table.name()));
        return tables;
    }

    private static Table table(Session operator, String name, List<String> owners, boolean accounts) {
        Map<String, Object> row = operator.rows(DETAILS, owners.get(0), name).get(0);
        return new Table(name, owners, accounts, (String) row.get("time"), texts(row.get("key")), texts(row.get("columns")));
    }

    static List<String> texts(Object array) {
        try {
            return List.of((String[]) ((Array) array).getArray());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
