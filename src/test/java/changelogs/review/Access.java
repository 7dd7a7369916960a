package changelogs.review;

import changelogs.testing.Actor;
import changelogs.testing.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rights in a database: privileges of the API roles, and the rows that each persona reaches with its commands.
 *
 * @param privileges columns by role, command and relation; {@code execute} and {@code usage} have no columns
 * @param reach rows that a persona reaches, or the error, by persona, command and relation
 * @param mismatches privileges without a policy and policies without a privilege
 * @param openings tables without row level security, owner-rights views, definers and policies that accept every row
 */
record Access(Map<Right, Set<String>> privileges, Map<Right, Reach> reach, Set<Mismatch> mismatches, Set<Opening> openings) {

    /** A role or persona, a command and an object. */
    record Right(String who, String command, String object) implements Comparable<Right> {

        @Override
        public int compareTo(Right other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return object + " " + who + " " + command;
        }
    }

    /** Number of rows, and a digest of their keys; the error is the SQLSTATE of a statement that failed. */
    record Reach(long rows, String digest, String error) {

        boolean refused() {
            return error.equals(Actor.REFUSED);
        }

        @Override
        public String toString() {
            return error.isEmpty() ? String.valueOf(rows) : refused() ? "refused" : "error " + error;
        }
    }

    /** A privilege without a policy, or a policy whose role lacks the privilege, with its name in {@code policy}. */
    record Mismatch(String role, String command, String table, String policy) {
    }

    /** An object that lets callers bypass row level security. */
    record Opening(Check check, String object, String detail) {
    }

    private static final Map<String, Caller> PERSONAS = personas();
    static final List<String> ROLES = List.of("public", "anon", "authenticated", "service_role");

    private static final String RELATIONS = """
            with roles (role) as (values ('public'), ('anon'), ('authenticated'), ('service_role')),
            commands (command) as (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'))
            select r.role || '|' || k.command || '|' || format('%I.%I', n.nspname, c.relname) || '|' || coalesce(
                case when k.command in ('delete', 'truncate') then case when has_table_privilege(r.role, c.oid, k.command) then '' end
                else (select string_agg(a.attname, ',' order by a.attnum) from pg_attribute as a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege(r.role, c.oid, a.attnum, k.command)) end, '-')
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            cross join roles as r
            cross join commands as k
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege(case r.role when 'public' then 'anon' else r.role end, n.oid, 'usage') and $schemas
            """.replace("$schemas", Observer.OWN);
    private static final String FUNCTIONS = """
            select r.role || '|execute|' || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) || '|'
            from pg_proc as p
            join pg_namespace as n on n.oid = p.pronamespace
            cross join (values ('public'), ('anon'), ('authenticated'), ('service_role')) as r (role)
            where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'extensions') and has_function_privilege(r.role, p.oid, 'execute')
              and has_schema_privilege(case r.role when 'public' then 'anon' else r.role end, n.oid, 'usage') and p.prorettype <> 'trigger'::regtype
            union all
            select r.role || '|usage|schema ' || n.nspname || '|'
            from pg_namespace as n
            cross join (values ('public'), ('anon'), ('authenticated'), ('service_role')) as r (role)
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(r.role, n.oid, 'usage')
            union all
            select r.role || '|usage|sequence ' || format('%I.%I', n.nspname, c.relname) || '|'
            from pg_class as c
            join pg_namespace as n on n.oid = c.relnamespace
            cross join (values ('public'), ('anon'), ('authenticated'), ('service_role')) as r (role)
            where c.relkind = 'S' and n.nspname !~ '^pg_' and has_sequence_privilege(r.role, c.oid, 'usage')
            """;
    private static final String MISMATCHES = """
            with tables as (
                select c.oid, c.relrowsecurity, format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and c.relrowsecurity and has_schema_privilege('authenticated', n.oid, 'usage') and $schemas
            ), wanted as (
                select t.oid, t.name, r.role, k.command, k.letter,
                    case when k.command = 'delete' then has_table_privilege(r.role, t.oid, k.command) else has_any_column_privilege(r.role, t.oid, k.command) end as granted
                from tables as t
                cross join (values ('anon'), ('authenticated')) as r (role)
                cross join (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) as k (command, letter)
            )
            select w.role || '|' || w.command || '|' || w.name || '|' || coalesce(p.polname, '')
            from wanted as w
            left join pg_policy as p on p.polrelid = w.oid and p.polpermissive and p.polcmd::text in (w.letter, '*')
                and (p.polroles = '{0}' or w.role::regrole::oid = any (p.polroles))
            where w.granted = (p.oid is null) and (p.oid is null or p.polroles <> '{0}' and p.polcmd <> '*')
            """.replace("$schemas", Observer.OWN);
    private static final String OPENINGS = """
            select 'RLS_DISABLED|' || format('%I.%I', n.nspname, c.relname) || '|'
            from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname = 'public' and $schemas
            union all
            select 'VIEW_NOT_INVOKER|' || format('%I.%I', n.nspname, c.relname) || '|'
            from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('v', 'm') and $schemas and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)
              and (has_any_column_privilege('anon', c.oid, 'select') or has_any_column_privilege('authenticated', c.oid, 'select'))
              and has_schema_privilege('authenticated', n.oid, 'usage')
            union all
            select 'POLICY_ALWAYS_TRUE|' || format('%I.%I', n.nspname, c.relname) || '|' || p.polname
            from pg_policy as p join pg_class as c on c.oid = p.polrelid join pg_namespace as n on n.oid = c.relnamespace
            where p.polpermissive and (pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true') and $schemas
              and exists (select from unnest(p.polroles) as r where r = 0 or r in ('anon'::regrole, 'authenticated'::regrole))
            union all
            select 'DEFINER_UNCHECKED|' || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) || '|'
            from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname !~ '^pg_' and has_schema_privilege('authenticated', n.oid, 'usage') and p.prorettype <> 'trigger'::regtype
              and (has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('authenticated', p.oid, 'execute'))
              and p.prosrc !~* '(auth\\.(uid|jwt|role|email)|request\\.jwt|current_setting)'
            union all
            select 'DEFINER_SEARCH_PATH|' || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) || '|'
            from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname !~ '^pg_' and not coalesce(array_to_string(p.proconfig, ' ') ~ 'search_path=', false)
              and not exists (select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            """.replace("$schemas", Observer.OWN);
    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname) || '|' || c.relkind::text || '|' || coalesce((
                select string_agg(quote_ident(a.attname), ',' order by a.attnum) from pg_index as i join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (i.indkey)
                where i.indrelid = c.oid and i.indisprimary), '')
            from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege('authenticated', n.oid, 'usage') and $schemas and n.nspname <> 'auth'
            order by 1
            """.replace("$schemas", Observer.OWN);

    /** Only the numbers of rows, to compare with a database whose rows have other keys. */
    Access withoutDigests() {
        Map<Right, Reach> numbers = new TreeMap<>();
        reach.forEach((right, rows) -> numbers.put(right, new Reach(rows.rows(), "", rows.error())));
        return new Access(privileges, numbers, mismatches, openings);
    }

    private static Map<String, Caller> personas() {
        Map<String, Caller> personas = new LinkedHashMap<>();
        personas.put("anon", Caller.ANON);
        personas.put("a user with rows", Caller.ALICE);
        personas.put("another user with rows", Caller.BOB);
        personas.put("a user without rows", Caller.STRANGER);
        personas.put("an admin", Caller.ADMIN);
        personas.put("service_role", Caller.SERVICE);
        return personas;
    }

    static List<String> personaNames() {
        return List.copyOf(PERSONAS.keySet());
    }

    /** Takes a connection of the superuser; the statements of the personas are rolled back. */
    static Access of(Connection connection) throws SQLException {
        Actor actor = new Actor(connection);
        Map<Right, Set<String>> privileges = new TreeMap<>();
        for (String query : List.of(RELATIONS, FUNCTIONS)) {
            for (String row : actor.rows(query)) {
                String[] parts = row.split("\\|", 4);
                if (!parts[3].equals("-")) {
                    privileges.put(new Right(parts[0], parts[1], parts[2]), parts[3].isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(parts[3].split(","))));
                }
            }
        }
        Set<Mismatch> mismatches = new LinkedHashSet<>();
        for (String row : actor.rows(MISMATCHES)) {
            String[] parts = row.split("\\|", 4);
            mismatches.add(new Mismatch(parts[0], parts[1], parts[2], parts[3]));
        }
        Set<Opening> openings = new LinkedHashSet<>();
        for (String row : actor.rows(OPENINGS)) {
            String[] parts = row.split("\\|", 3);
            openings.add(new Opening(Check.valueOf(parts[0]), parts[1], parts[2]));
        }
        Access access = new Access(privileges, new TreeMap<>(), mismatches, openings);
        access.act(actor);
        connection.rollback();
        return access;
    }

    private void act(Actor actor) throws SQLException {
        boolean admin = !actor.rows("select id from auth.users where id = '" + Caller.ADMIN.account() + "'").isEmpty();
        for (String row : actor.rows(TABLES)) {
            String[] parts = row.split("\\|", 3);
            for (Map.Entry<String, Caller> persona : PERSONAS.entrySet()) {
                if (persona.getValue().equals(Caller.ADMIN) && !admin) {
                    continue;
                }
                act(actor, persona.getKey(), persona.getValue(), parts[0], parts[1].matches("[rp]"), parts[2]);
            }
        }
    }

    private void act(Actor actor, String who, Caller caller, String relation, boolean table, String key) throws SQLException {
        Set<String> readable = privileges.get(new Right(caller.role(), "select", relation));
        if (readable != null) {
            boolean keys = !key.isEmpty() && readable.containsAll(List.of(key.replace("\"", "").split(",")));
            String digest = keys ? "coalesce(sum(pg_catalog.hashtextextended(concat_ws(',', " + key + "), 0)::numeric), 0)" : "0";
            reach.put(new Right(who, "select", relation), reach(actor.read(caller, "select count(*) || ' ' || " + digest + " from " + relation)));
        }
        Set<String> writable = privileges.get(new Right(caller.role(), "update", relation));
        if (table && writable != null && !writable.isEmpty()) {
            String column = "\"" + writable.iterator().next() + "\"";
            reach.put(new Right(who, "update", relation), reach(changed(actor, caller, "update " + relation + " set " + column + " = " + column)));
        }
        if (table && privileges.containsKey(new Right(caller.role(), "delete", relation))) {
            reach.put(new Right(who, "delete", relation), reach(changed(actor, caller, "delete from " + relation)));
        }
    }

    /** Runs the statement without triggers and foreign keys, so that only the policies decide which rows it changes. */
    private static Actor.Attempt changed(Actor actor, Caller caller, String statement) throws SQLException {
        return actor.attempt(caller, "set local session_replication_role = replica", statement, null);
    }

    private static Reach reach(Actor.Attempt attempt) {
        if (!attempt.ran()) {
            return new Reach(0, "", attempt.error());
        }
        String[] parts = attempt.rows().get(0).split(" ");
        return new Reach(Long.parseLong(parts[0]), parts.length == 1 ? "" : parts[1], "");
    }
}
