package changelogs.review;

import changelogs.review.Step.Failure;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes rows on which a changeset failed, so that the rest of it can be measured. */
final class Repair {

    private static final Pattern KEY = Pattern.compile("Key \\(([^)]*)\\)=.*");
    private static final Pattern PARENT = Pattern.compile("is not present in table \"([^\"]+)\"");

    private Repair() {
    }

    /** Changes the rows of the table that the failure names, and returns a description of the change. */
    static String of(Failure failure, Session operator) {
        String table = failure.table();
        Matcher key = KEY.matcher(failure.detail());
        String columns = key.find() ? key.group(1) : "";
        return switch (failure.state()) {
            case SqlFailed.NOT_NULL_VIOLATION -> {
                try (Seeder seeder = new Seeder(failure.database())) {
                    yield seeder.fillColumn(table, failure.column()) ? "with values in " + failure.column() : emptied(table, operator);
                }
            }
            case SqlFailed.UNIQUE_VIOLATION -> columns.isEmpty() ? emptied(table, operator) : distinct(table, columns, operator);
            case SqlFailed.FOREIGN_KEY_VIOLATION -> {
                Matcher parent = PARENT.matcher(failure.detail());
                yield parent.find() && !columns.contains(",") ? referring(table, columns, parent.group(1), operator) : emptied(table, operator);
            }
            default -> emptied(table, operator);
        };
    }

    private static String emptied(String table, Session operator) {
        operator.script("set local session_replication_role = replica; delete from " + table);
        return "without rows";
    }

    private static String distinct(String table, String columns, Session operator) {
        operator.script("set local session_replication_role = replica; delete from " + table + " as t using (select ctid as at, row_number() over (partition by "
                + columns + " order by ctid) as n from " + table + ") as o where o.at = t.ctid and o.n > 1");
        return "without duplicates";
    }

    private static String referring(String table, String column, String parent, Session operator) {
        String key = operator.value(String.class, """
                select quote_ident(a.attname) || ' from ' || format('%I.%I', n.nspname, c.relname)
                from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
                join pg_index as i on i.indrelid = c.oid and i.indisprimary join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                where c.relname = ? and n.nspname !~ '^pg_' order by n.nspname <> 'public' limit 1
                """, parent);
        operator.script("set local session_replication_role = replica; with parents as materialized (select array(select " + key + " limit 100) as ids) update " + table
                + " as t set " + column + " = (select ids[1 + abs(hashtext(t.ctid::text)::bigint) % cardinality(ids)] from parents) where t." + column + " is not null");
        return "with rows of " + parent + " for each " + column;
    }
}
