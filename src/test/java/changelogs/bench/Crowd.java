package changelogs.bench;

import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Fixture;
import changelogs.testing.Session;
import changelogs.testing.SqlFailed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Multiplies a row of the test fixture in each table. Row i of every table belongs to the same user and references row i of other tables. A
 * tenth of the rows belong to Alice, the others to users with about twenty rows each. Triggers and foreign keys are disabled meanwhile.
 */
final class Crowd {

    private static final String COLUMNS = """
            select c.oid::regclass::text as "table", quote_ident(a.attname) as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
                exists (select from pg_index as i where i.indrelid = c.oid and i.indisunique and (a.attnum = any (i.indkey)
                    or exists (select from pg_depend as d where d.objid = i.indexrelid and d.refobjid = c.oid and d.refobjsubid = a.attnum))) as is_unique,
                exists (select from pg_index as i where i.indrelid = c.oid and i.indisprimary and i.indkey::text = a.attnum::text) as is_key,
                exists (select from pg_index as i where i.indrelid = c.oid and not i.indimmediate) as deferrable,
                (select string_agg(quote_ident(k.attname), ', ') from pg_index as i join pg_attribute as k on k.attrelid = c.oid and k.attnum = any (i.indkey)
                    where i.indrelid = c.oid and i.indisprimary) as key,
                f.parent, f.referenced
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
            left join lateral (
                select k.confrelid::regclass::text as parent, quote_ident(r.attname) as referenced
                from pg_constraint as k
                join pg_attribute as r on r.attrelid = k.confrelid and r.attnum = k.confkey[array_position(k.conkey, a.attnum)]
                where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)
                order by cardinality(k.conkey), k.conname
                limit 1
            ) as f on true
            where c.relkind = 'r' and (n.nspname = 'public' or c.oid = 'auth.users'::regclass)
            order by 1, a.attnum
            """;
    private static final Set<String> ACCOUNTS = Set.of("auth.users", "public.users", "public.profiles");
    private static final Pattern CHECK = Pattern.compile("check constraint \"(.+?)\"");
    private static final int LAST_VARIATION = 2;
    private static final int ROWS_OF_A_USER = 20;
    private static final int LARGE_TO_SMALL = 100;
    /** One row in this number belongs to Alice. */
    private static final int ALICE_EVERY = 10;
    private static final int WEEKS_OF_ALICE = 1000;

    private final Session operator;
    /** How a unique text varies: 0 with the number at its end, 1 at its start, 2 as a hash or not at all. */
    private final Map<String, Integer> variation = new HashMap<>();
    private final int rows;
    private final int people;
    private final Map<String, Map<String, Column>> tables = new LinkedHashMap<>();
    private final Map<String, String> notLoaded = new TreeMap<>();
    /** Tables with all rows; the others have fewer. */
    private final Set<String> large;

    /**
     * A column.
     *
     * @param unique whether a unique index contains it
     * @param key whether it is the primary key
     * @param arbiter columns of the primary key if another unique constraint is deferrable, which ON CONFLICT does not accept; else empty
     * @param parent table that it references; null if none
     * @param referenced column of that table
     */
    private record Column(String table, String name, String type, boolean nullable, boolean unique, boolean key, String arbiter, String parent, String referenced) {
    }

    private Crowd(Session operator, Set<String> large, int rows) {
        this.large = large;
        this.operator = operator;
        this.rows = rows;
        this.people = Math.max(ALICE_EVERY, rows / ROWS_OF_A_USER / ALICE_EVERY * ALICE_EVERY);
    }

    /** Fills the tables of a database and returns those that it could not fill, with the reason. */
    static Map<String, String> fill(Database database, String system, Set<String> large, int rows) {
        database.owner().script(Fixture.of(system));
        Crowd crowd = new Crowd(database.operator(), large, rows);
        crowd.fill();
        return crowd.notLoaded;
    }

    /** A user of the crowd. */
    static Caller person(int number) {
        return new Caller("authenticated", md5("person" + number));
    }

    private static UUID md5(String text) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill() {
        operator.update("set search_path = ''");
        operator.rows(COLUMNS).forEach(row -> {
            Column column = new Column((String) row.get("table"), (String) row.get("name"), (String) row.get("type"), (Boolean) row.get("nullable"),
                    (Boolean) row.get("is_unique"), (Boolean) row.get("is_key"), (Boolean) row.get("deferrable") ? (String) row.get("key") : "",
                    (String) row.get("parent"), (String) row.get("referenced"));
            tables.computeIfAbsent(column.table(), table -> new LinkedHashMap<>()).put(column.name(), column);
        });
        tables.forEach(this::fill);
        operator.column(String.class, "select format('refresh materialized view %s', oid::regclass) from pg_class where relkind = 'm'").forEach(operator::update);
    }

    private void fill(String table, Map<String, Column> columns) {
        try {
            if (columns.values().stream().anyMatch(column -> column.key() && isAccount(column))) {
                insert(table, columns, "'" + Caller.ALICE.account() + "'::uuid", -1, -1);
                insert(table, columns, "'" + Caller.STRANGER.account() + "'::uuid", -2, -2);
                insert(table, columns, "'" + Caller.ADMIN.account() + "'::uuid", -3, -3);
                insert(table, columns, owner(0), 1, people);
            } else {
                insert(table, columns, owner(0), 1, number(table));
            }
        } catch (SqlFailed e) {
            notLoaded.put(table, e.answer().message());
        }
    }

    /** Inserts rows; each time a check rejects one, varies the texts of its columns in another way and tries again. */
    private void insert(String table, Map<String, Column> columns, String owner, int from, int to) {
        while (true) {
            try {
                operator.script("set local session_replication_role = replica; " + statement(table, columns, owner, from, to));
                return;
            } catch (SqlFailed e) {
                Matcher check = CHECK.matcher(e.answer().message());
                if (!check.find()) {
                    throw e;
                }
                List<String> texts = operator.column(String.class, """
                        select c.oid::regclass || '.' || quote_ident(a.attname)
                        from pg_constraint as k
                        join pg_class as c on c.oid = k.conrelid
                        join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (k.conkey)
                        where c.oid = ?::regclass and k.conname = ?
                        """, table, check.group(1)).stream().filter(column -> variation.getOrDefault(column, 0) < LAST_VARIATION).toList();
                if (texts.isEmpty()) {
                    throw e;
                }
                texts.forEach(column -> variation.merge(column, 1, Integer::sum));
            }
        }
    }

    private String statement(String table, Map<String, Column> columns, String owner, int from, int to) {
        List<Column> accounts = new ArrayList<>(columns.values().stream().filter(this::isAccount).toList());
        accounts.sort((a, b) -> rank(a) - rank(b));
        String arbiter = columns.values().iterator().next().arbiter();
        String order = accounts.isEmpty() ? "" : " order by " + accounts.get(0).name() + " = '" + Caller.ALICE.account() + "' desc nulls last";
        return "insert into " + table + " (" + String.join(", ", columns.keySet()) + ")\nselect "
                + columns.values().stream().map(column -> value(column, accounts.indexOf(column), owner)).collect(Collectors.joining(",\n    "))
                + "\nfrom (select * from " + table + order + " limit 1) as t, generate_series(" + from + ", " + to + ") as i\non conflict"
                + (arbiter.isEmpty() ? "" : " (" + arbiter + ")") + " do nothing";
    }

    private static int rank(Column column) {
        return column.key() ? 0 : column.name().equals("user_id") ? 1 : column.name().endsWith("user_id") ? 2 : 3;
    }

    private String value(Column column, int account, String owner) {
        String old = "t." + column.name();
        if (account >= 0) {
            String value = account == 0 ? owner : owner(account);
            return account > 0 && column.nullable() ? orNull(old, value) : value;
        }
        if (column.table().equals(column.parent())) {
            return column.nullable() ? "null" : old;
        }
        if (column.parent() != null) {
            Column referenced = tables.getOrDefault(column.parent(), Map.of()).get(column.referenced());
            return referenced != null && column.type().equals("uuid") ? orNull(old, uuid(referenced)) : old;
        }
        return switch (column.type()) {
            case "uuid" -> column.unique() ? uuid(column) : old;
            case "timestamp with time zone", "timestamp without time zone" -> old + " - i * interval '20 seconds'";
            case "date" -> old + " - 7 * (case when i % " + ALICE_EVERY + " = 0 then i / " + ALICE_EVERY + " % " + WEEKS_OF_ALICE + " else i / " + people + " end)";
            case "text", "character varying" -> column.unique() ? varied(column, old) : old;
            case "integer", "bigint", "numeric" -> column.unique() ? old + " + i" : old;
            default -> old;
        };
    }

    private String varied(Column column, String old) {
        return switch (variation.getOrDefault(column.table() + "." + column.name(), 0)) {
            case 0 -> old + " || i";
            case 1 -> "i || " + old;
            default -> "case when " + old + " ~ '^[0-9a-f]{64}$' then encode(sha256(i::text::bytea), 'hex') else " + old + " end";
        };
    }

    private static String orNull(String old, String value) {
        return "case when " + old + " is not null then " + value + " end";
    }

    private String uuid(Column key) {
        return "md5('" + key.table() + "." + key.name() + "' || 1 + (i - 1) % " + number(key.table()) + ")::uuid";
    }

    private int number(String table) {
        return large.contains(table) ? rows : Math.max(ROWS_OF_A_USER, rows / LARGE_TO_SMALL);
    }

    private String owner(int rank) {
        return rank == 0 ? "case when i % " + ALICE_EVERY + " = 0 then '" + Caller.ALICE.account() + "' else md5('person' || i % " + people + ")::uuid end"
                : "md5('person' || (i + " + rank + " + i / " + people + ") % " + people + ")::uuid";
    }

    private boolean isAccount(Column column) {
        Column at = column;
        for (int i = 0; at != null && i < tables.size(); i++) {
            if (ACCOUNTS.contains(at.table()) && at.key()) {
                return true;
            }
            at = at.parent() == null ? null : tables.getOrDefault(at.parent(), Map.of()).get(at.referenced());
        }
        return false;
    }
}
