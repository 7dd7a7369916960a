package changelogs.pages;

import static changelogs.pages.Markdown.cell;
import static changelogs.pages.Markdown.code;

import changelogs.testing.Actor;
import changelogs.testing.Caller;
import changelogs.testing.Rights;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Generates access.md: the rows that each caller can read and change. It executes the commands as each caller on rows of two users and
 * rolls them back.
 */
final class AccessPage {

    /** Callers in the order of the page, with their names on the page. */
    private final Map<Caller, String> callers = new LinkedHashMap<>();

    private static final String REFUSED = "-";

    private static final String RELATIONS = """
            select format('%I.%I', n.nspname, c.relname) as name, c.relkind::text as kind
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and c.relname not in %s
            order by n.nspname collate "C", c.relname collate "C"
            """.replace("%s", Made.OF_LIQUIBASE);
    private static final String SEQUENCES = """
            select format('%I.%I', n.nspname, c.relname) as name
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind = 'S' and n.nspname !~ '^pg_'
            order by n.nspname collate "C", c.relname collate "C"
            """;
    private static final String SCHEMAS = """
            select format('%I', n.nspname) as name from pg_catalog.pg_namespace as n where n.nspname !~ '^pg_' order by n.nspname collate "C"
            """;
    private static final String FUNCTIONS = """
            select format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name, p.oid::regprocedure::text as signature,
                format('%I', n.nspname) as schema
            from pg_catalog.pg_proc as p
            join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and not exists (select from pg_catalog.pg_depend as d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            order by 1
            """;
    /** All grants to the API roles, direct or through public. */
    private static final String GRANTS = """
            select held.name, case when held.grantee = 0 then 'public' else held.grantee::regrole::text end as grantee,
                held."column", lower(held.privilege) as privilege
            from (
                select c.oid::regclass::text as name, a.grantee, '' as "column", a.privilege_type as privilege, c.relnamespace as schema
                from pg_catalog.pg_class as c,
                    aclexplode(coalesce(c.relacl, acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner))) as a
                where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                union all
                select c.oid::regclass::text, a.grantee, f.attname, a.privilege_type, c.relnamespace
                from pg_catalog.pg_class as c
                join pg_catalog.pg_attribute as f on f.attrelid = c.oid,
                    aclexplode(f.attacl) as a
                union all
                select p.oid::regprocedure::text, a.grantee, '', a.privilege_type, p.pronamespace
                from pg_catalog.pg_proc as p,
                    aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
                union all
                select 'schema ' || n.nspname, a.grantee, '', a.privilege_type, n.oid
                from pg_catalog.pg_namespace as n,
                    aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as a
                union all
                select format('what %s makes in %s', d.defaclrole::regrole, d.defaclnamespace::regnamespace), a.grantee, '', a.privilege_type, d.defaclnamespace
                from pg_catalog.pg_default_acl as d,
                    aclexplode(d.defaclacl) as a
            ) as held
            left join pg_catalog.pg_namespace as n on n.oid = held.schema
            where (held.grantee = 0 or held.grantee in (select r.oid from pg_catalog.pg_roles as r where r.rolname in ('anon', 'authenticated', 'service_role')))
                and coalesce(n.nspname, '') !~ '^(pg_|information_schema$)'
            order by held.name collate "C", held.grantee::regrole::text collate "C", held."column" collate "C", held.privilege collate "C"
            """;

    private final Markdown page = new Markdown();
    /** Rights by role and relation. */
    private final Map<String, Rights> rights = new HashMap<>();
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Made made;
    private final Actor actor;
    private final int version;
    /** Columns by table name. */
    private final Map<String, List<String>> columns = new HashMap<>();

    private AccessPage(Made made, Actor actor) throws SQLException {
        this.made = made;
        this.actor = actor;
        callers.put(Caller.ANON, "`anon`");
        callers.put(Caller.ALICE, "`authenticated`, a user with rows");
        callers.put(Caller.BOB, "`authenticated`, another user with rows");
        callers.put(Caller.STRANGER, "`authenticated`, without rows");
        if (!actor.rows("select id from auth.users where id = '" + Caller.ADMIN.account() + "'").isEmpty()) {
            callers.put(Caller.ADMIN, "`authenticated`, an admin");
        }
        callers.put(Caller.SERVICE, "`service_role`");
        this.version = Integer.parseInt(actor.rows("select current_setting('server_version_num')").get(0)) / 10000;
    }

    /** The database of {@code actor} must contain the fixture of the system. */
    static AccessPage of(String system, Made made, Actor actor) throws SQLException {
        AccessPage access = new AccessPage(made, actor);
        access.write(system);
        return access;
    }

    /** The text about a relation; null if none. */
    String section(String relation) {
        return sections.get(relation);
    }

    @Override
    public String toString() {
        return page.toString();
    }

    private void write(String system) throws SQLException {
        page.comment(GeneratedPagesTest.NOTICE);
        page.heading(1, "Access to " + system);
        page.paragraph("The rights of each caller, measured by running every command as that caller on a migrated database.");
        page.paragraph("`" + REFUSED + "` is refused (42501). *no rows*: allowed, but row level security hides every row. *own rows*: the rows of the caller's"
                + " account; *shared rows*: rows that another user reaches too; *open rows*: rows that every user reaches. *Without rows*: a caller whose account"
                + " no longer exists. Columns are listed if the caller may read or write only some of them. *also* lists privileges that nobody should have.");
        Set<String> names = new TreeSet<>();
        for (Map<String, String> relation : made.rows(RELATIONS)) {
            names.add(relation.get("name"));
            page.heading(2, relation.get("name"));
            String section = relation.get("kind").matches("[rp]") ? table(relation.get("name")) : view(relation.get("name"));
            sections.put(relation.get("name"), section);
            page.paragraph(section);
        }
        reachable("Schemas", "schema", SCHEMAS, "has_schema_privilege('%s', '%s', 'usage')", "reachable", names);
        reachable("Sequences", "sequence", SEQUENCES, "has_sequence_privilege('%s', '%s', 'usage, select, update')", "usable", names);
        functions(names);
        others(names);
    }

    private String table(String table) throws SQLException {
        Set<String> all = new LinkedHashSet<>(actor.rows(rowIds(table)));
        if (all.isEmpty()) {
            throw new IllegalStateException("The fixture adds no row to " + table + ": add rows of two users, because access can only be tested on rows.");
        }
        Map<String, Map<Caller, Cell>> commands = new LinkedHashMap<>();
        commands.put("select", each(caller -> identified(select(caller, table), table)));
        commands.put("insert", each(caller -> insert(caller, table, all)));
        commands.put("update", each(caller -> update(caller, table, all)));
        commands.put("delete", each(caller -> delete(caller, table, all)));
        List<List<String>> rows = new ArrayList<>();
        for (Caller caller : callers.keySet()) {
            List<String> row = new ArrayList<>(List.of(callers.get(caller)));
            commands.forEach((command, cells) -> row.add(words(cells, caller, all)));
            row.add(rights(caller, table).may("truncate") ? "**yes**" : REFUSED);
            row.add(unusedPrivileges(caller, table));
            rows.add(row);
        }
        return lines(List.of("caller", "select", "insert", "update", "delete", "truncate", "also"), rows);
    }

    /** For a view: the rows that are visible through it and whether it is writable. */
    private String view(String view) throws SQLException {
        Map<Caller, Cell> selects = each(caller -> select(caller, view));
        // Rows of a view may depend on the caller, so no caller may see all of them.
        Set<String> all = new LinkedHashSet<>();
        selects.values().forEach(cell -> all.addAll(cell.rows()));
        List<List<String>> rows = new ArrayList<>();
        for (Caller caller : callers.keySet()) {
            List<String> row = new ArrayList<>(List.of(callers.get(caller)));
            row.add(words(selects, caller, all));
            row.add(named(rights(caller, view).columns("insert"), view));
            row.add(named(rights(caller, view).columns("update"), view));
            row.add(rights(caller, view).may("delete") ? "yes" : REFUSED);
            rows.add(row);
        }
        return lines(List.of("caller", "select", "insert", "update", "delete"), rows);
    }

    /** Two users with the same rights share a line; if no caller has any rights, one sentence is written. */
    private static String lines(List<String> head, List<List<String>> rows) {
        if (rows.stream().flatMap(row -> row.stream().skip(1)).allMatch(cell -> cell.isEmpty() || cell.equals(REFUSED))) {
            return "Closed: every statement of every caller is refused.";
        }
        List<List<String>> lines = new ArrayList<>(rows);
        if (rows.get(1).subList(1, rows.get(1).size()).equals(rows.get(2).subList(1, rows.get(2).size()))) {
            lines.remove(2);
        }
        return new Markdown().table(head, lines).toString().stripTrailing();
    }

    /** Result of a command: denied, or the rows and columns. */
    private record Cell(boolean refused, Set<String> rows, String columns, String error) {

        static Cell denied() {
            return new Cell(true, Set.of(), "", "");
        }
    }

    private static String words(Map<Caller, Cell> cells, Caller caller, Set<String> all) {
        Cell cell = cells.get(caller);
        if (cell.refused()) {
            return REFUSED;
        }
        Reach reach = new Reach(all, cells.get(Caller.ALICE).rows(), cells.get(Caller.BOB).rows(), cells.get(Caller.STRANGER).rows());
        String rows = caller.equals(Caller.ALICE) ? reach.ofAlice()
                : caller.equals(Caller.BOB) ? reach.ofBob()
                : caller.equals(Caller.STRANGER) ? reach.ofStranger()
                : caller.equals(Caller.ADMIN) ? reach.ofOne(cell.rows())
                : reach.ofOther(cell.rows());
        return rows + (cell.error().isEmpty() ? "" : " (" + cell.error() + ")") + (cell.columns().isEmpty() ? "" : ": " + cell.columns());
    }

    private Cell select(Caller caller, String table) throws SQLException {
        List<String> columns = rights(caller, table).columns("select");
        if (columns.isEmpty()) {
            return Cell.denied();
        }
        Actor.Attempt seen = actor.read(caller, "select " + contents(String.join(", ", columns)) + " from " + table);
        return new Cell(false, new LinkedHashSet<>(seen.rows()), some(columns, table), seen.error());
    }

    /** Maps the result of a read to the rows of the table, since callers may read different columns. */
    private Cell identified(Cell cell, String table) throws SQLException {
        if (cell.refused()) {
            return cell;
        }
        Set<String> ids = new LinkedHashSet<>();
        String separator = " is ";
        for (String row : actor.rows("select t.tableoid || ' ' || t.ctid || '" + separator + "' || "
                + contents(cell.columns().isEmpty() ? String.join(", ", allColumns(table)) : cell.columns()) + " from " + table + " as t")) {
            int at = row.indexOf(separator);
            if (cell.rows().contains(row.substring(at + separator.length()))) {
                ids.add(row.substring(0, at));
            }
        }
        return new Cell(false, ids, cell.columns(), cell.error());
    }

    private static String contents(String columns) {
        return "pg_catalog.jsonb_build_array(" + columns + ")::text";
    }

    /** Deletes each row and inserts it again as the caller, with the columns that the caller may set. */
    private Cell insert(Caller caller, String table, Set<String> all) throws SQLException {
        List<String> columns = rights(caller, table).columns("insert");
        if (columns.isEmpty()) {
            return Cell.denied();
        }
        Set<String> rows = new LinkedHashSet<>();
        String error = "";
        for (String row : all) {
            String values = actor.rows("select concat_ws(', ', " + String.join(", ", columns.stream().map(column -> "quote_nullable(t." + column + ")").toList())
                    + ") from " + table + " as t where " + is(row)).get(0);
            Actor.Attempt attempt = actor.attempt(caller,
                    "set local session_replication_role = replica; delete from " + table + " as t where " + is(row) + "; set local session_replication_role = origin",
                    "insert into " + table + " (" + String.join(", ", columns) + ") values (" + values + ")", "select");
            if (attempt.ran()) {
                rows.add(row);
            } else if (!attempt.refused()) {
                error = attempt.error();
            }
        }
        return new Cell(false, rows, some(columns, table), rows.isEmpty() ? error : "");
    }

    private Cell update(Caller caller, String table, Set<String> all) throws SQLException {
        List<String> columns = rights(caller, table).columns("update");
        if (columns.isEmpty()) {
            return Cell.denied();
        }
        String error = "";
        for (String value : List.of("%1$s", "default")) {
            for (String column : columns) {
                Actor.Attempt attempt = actor.attempt(caller, "select", "update " + table + " set " + column + " = " + value.formatted(column), rowIds(table));
                if (attempt.ran()) {
                    return new Cell(false, missing(all, attempt), some(columns, table), "");
                }
                error = attempt.error();
            }
        }
        return new Cell(false, Set.of(), some(columns, table), error);
    }

    /** Ignores foreign keys that reference the rows: the page shows which rows the policies let the caller delete. */
    private Cell delete(Caller caller, String table, Set<String> all) throws SQLException {
        if (!rights(caller, table).may("delete")) {
            return Cell.denied();
        }
        Actor.Attempt attempt = actor.attempt(caller, "select", "delete from " + table, rowIds(table));
        if (!attempt.ran() && !attempt.refused()) {
            attempt = actor.attempt(caller, "set local session_replication_role = replica", "delete from " + table, rowIds(table));
        }
        return attempt.refused() ? Cell.denied() : new Cell(false, attempt.ran() ? missing(all, attempt) : Set.of(), "", attempt.error());
    }

    private static Set<String> missing(Set<String> all, Actor.Attempt attempt) {
        Set<String> missing = new LinkedHashSet<>(all);
        attempt.rows().forEach(missing::remove);
        return missing;
    }

    /** Privileges that the API never uses and that no caller should have. */
    private String unusedPrivileges(Caller caller, String table) throws SQLException {
        List<String> privileges = version < 17 ? List.of("references", "trigger") : List.of("references", "trigger", "maintain");
        List<Boolean> held = holds(privileges.stream().map(privilege -> (privilege.equals("references")
                ? "has_any_column_privilege('%s', '%s', '%s')" : "has_table_privilege('%s', '%s', '%s')").formatted(caller.role(), table, privilege)).toList());
        List<String> words = new ArrayList<>();
        for (int i = 0; i < privileges.size(); i++) {
            if (held.get(i)) {
                words.add("**" + privileges.get(i) + "**");
            }
        }
        return String.join(", ", words);
    }

    private void reachable(String title, String head, String query, String privilege, String word, Set<String> names) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (Map<String, String> object : made.rows(query)) {
            names.add(object.get("name"));
            names.add("schema " + object.get("name"));
            List<String> row = new ArrayList<>(List.of(code(object.get("name"))));
            for (String role : List.of("anon", "authenticated", "service_role")) {
                row.add(holds(privilege.formatted(role, object.get("name"))) ? word : REFUSED);
            }
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            page.heading(2, title);
            page.table(List.of(head, "`anon`", "`authenticated`", "`service_role`"), rows);
        }
    }

    private void functions(Set<String> names) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, String>> functions = made.rows(FUNCTIONS);
        List<String> roles = List.of("anon", "authenticated", "service_role");
        List<String> questions = new ArrayList<>();
        for (Map<String, String> function : functions) {
            for (String role : roles) {
                questions.add("has_function_privilege('%s', '%s', 'execute')".formatted(role, function.get("signature")));
                questions.add("has_schema_privilege('%s', '%s', 'usage')".formatted(role, function.get("schema")));
            }
        }
        Iterator<Boolean> answers = holds(questions).iterator();
        for (Map<String, String> function : functions) {
            names.add(function.get("signature"));
            List<String> row = new ArrayList<>(List.of(code(function.get("name"))));
            for (int i = 0; i < roles.size(); i++) {
                boolean granted = answers.next();
                boolean open = answers.next();
                row.add(!granted ? REFUSED : open ? "may call it" : "only within policies");
            }
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            page.heading(2, "Functions");
            page.paragraph("*only within policies*: execute is granted, but not usage on the schema, so policies can call the function and API clients cannot.");
            page.table(List.of("function", "`anon`", "`authenticated`", "`service_role`"), rows);
        }
    }

    /** Grants and revokes of the changelog on objects that it did not create. */
    private void others(Set<String> names) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        addOthers(rows, "grants", made.rows(GRANTS), names);
        addOthers(rows, "revokes", made.gone(GRANTS), names);
        page.heading(2, "Everything else");
        if (rows.isEmpty()) {
            page.paragraph("The changelog grants and revokes no privileges on objects that it does not create.");
        }
        page.table(List.of("", "on", "to or from", "column", "privilege"), rows);
    }

    private static void addOthers(List<List<String>> rows, String verb, List<Map<String, String>> grants, Set<String> names) {
        for (Map<String, String> grant : grants) {
            if (!names.contains(grant.get("name"))) {
                rows.add(List.of(verb, code(grant.get("name")), code(grant.get("grantee")), code(grant.get("column")), cell(grant.get("privilege"))));
            }
        }
    }

    /** Privileges depend only on the role; all are tested in one block, since there are many. */
    private Rights rights(Caller caller, String relation) throws SQLException {
        String key = caller.role() + " " + relation;
        if (!rights.containsKey(key)) {
            List<String> able = actor.attempt(caller, Rights.FUNCTION, Rights.query(relation, allColumns(relation)), null).rows();
            rights.put(key, new Rights(able));
        }
        return rights.get(key);
    }

    private List<String> allColumns(String table) throws SQLException {
        if (!columns.containsKey(table)) {
            columns.put(table, actor.rows("select format('%I', a.attname) from pg_catalog.pg_attribute as a where a.attrelid = '" + table
                    + "'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum"));
        }
        return columns.get(table);
    }

    private String some(List<String> columns, String table) throws SQLException {
        return columns.equals(allColumns(table)) ? "" : String.join(", ", columns);
    }

    private String named(List<String> columns, String view) throws SQLException {
        return columns.isEmpty() ? REFUSED : columns.equals(allColumns(view)) ? "all columns" : String.join(", ", columns);
    }

    private boolean holds(String privilege) throws SQLException {
        return holds(List.of(privilege)).get(0);
    }

    /** Checks all privileges in one query. */
    private List<Boolean> holds(List<String> privileges) throws SQLException {
        return privileges.isEmpty() ? List.of()
                : actor.rows("select unnest(array[" + String.join(", ", privileges) + "])").stream().map("t"::equals).toList();
    }

    private static String rowIds(String table) {
        return "select t.tableoid || ' ' || t.ctid from " + table + " as t order by 1";
    }

    private static String is(String row) {
        return "t.tableoid || ' ' || t.ctid = '" + row + "'";
    }

    private Map<Caller, Cell> each(Trial trial) throws SQLException {
        Map<Caller, Cell> cells = new LinkedHashMap<>();
        for (Caller caller : callers.keySet()) {
            cells.put(caller, trial.of(caller));
        }
        return cells;
    }

    private interface Trial {
        Cell of(Caller caller) throws SQLException;
    }
}
