package changelogs.rules;

import java.util.List;

/** For each catalog rule, objects named bad… that break it and objects named good… that comply. */
final class BrokenCatalogs {

    /** SQL to run as the owner, then SQL to run as the operator for objects that the owner cannot create. */
    record Case(String rule, String what, String sql, String operatorSql) {

        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }

    static final List<Case> ALL = List.of(
            broken("table-row-security", "a table in public",
                    table("public.bad"), table("public.good"), "alter table public.bad disable row level security"),
            broken("table-row-security", "a table in private",
                    table("private.bad"), table("private.good"), "alter table private.bad disable row level security"),
            broken("policy-role", "a policy without a role", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select using (false)",
                    "create policy good on public.good for select to authenticated using (false)"),
            broken("policy-call-in-select", "a bare call", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to authenticated using (id = auth.uid())",
                    "create policy good on public.good for select to authenticated using (id = (select auth.uid()))"),
            broken("policy-call-in-select", "a bare call in a check", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for insert to authenticated with check (((auth.jwt()) ->> 'sub') = id::text)",
                    "create policy good on public.good for insert to authenticated with check ((select auth.jwt() ->> 'sub') = id::text)"),
            broken("policy-call-in-select", "a bare call in a subquery", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to authenticated using ("
                            + "exists (select from public.game_profiles as p where p.user_id = auth.uid()))",
                    "create policy good on public.good for select to authenticated using ("
                            + "exists (select from public.game_profiles as p where p.user_id = (select auth.uid())))"),
            broken("policy-or-indexable", "own rows or all for admins", table("public.bad"), table("public.good"),
                    function("private.may_all", "set search_path = ''").replace("integer language sql", "boolean language plpgsql").replace("select 1", "begin return true; end"),
                    "create policy bad on public.bad for select to authenticated using (id = (select auth.uid()) or (select private.may_all()))",
                    "create policy good on public.good for select to authenticated using (id = (select auth.uid()) and (select private.may_all()))"),
            broken("policy-or-indexable", "own rows or rows without a user for admins", table("public.bad"), table("public.good"),
                    function("private.may_all", "set search_path = ''").replace("integer language sql", "boolean language plpgsql").replace("select 1", "begin return true; end"),
                    "create policy bad on public.bad for select to authenticated using (id = (select auth.uid()) or id is null and (select private.may_all()))",
                    "create policy good on public.good for select to authenticated using (coalesce(id, gen_random_uuid()) = (select auth.uid()))"),
            broken("range-policy-time-index", "an index on the time alone", table("public.bad"), table("public.good"),
                    function("private.get_first_visible_user", "set search_path = ''").replace("integer language sql", "uuid language plpgsql")
                            .replace("'select 1'", "'begin return auth.uid(); end'"),
                    "alter table public.bad add column at timestamptz", "alter table public.good add column at timestamptz",
                    "comment on column public.bad.at is 'Its time.'", "comment on column public.good.at is 'Its time.'",
                    "create policy bad on public.bad for select to authenticated using (id >= (select private.get_first_visible_user()))",
                    "create policy good on public.good for select to authenticated using (id >= (select private.get_first_visible_user()))",
                    "create index bad_at on public.bad (at)",
                    "create index good_id_at on public.good (id, at)", "create index good_at on public.good ((at at time zone 'UTC'))"),
            broken("policy-function-planned-once", "an SQL function with settings in a policy", table("public.bad"), table("public.good"),
                    function("private.is_late", "set search_path = ''").replace("integer", "boolean").replace("select 1", "select true"),
                    function("private.is_early", "set search_path = ''").replace("integer language sql", "boolean language plpgsql")
                            .replace("'select 1'", "'begin return true; end'"),
                    "create policy bad on public.bad for select to authenticated using (id = (select auth.uid()) and (select private.is_late()))",
                    "create policy good on public.good for select to authenticated using (id = (select auth.uid()) and (select private.is_early()))"),
            broken("policy-auth-role", "auth.role() in a subquery", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to service_role using ((select auth.role()) = 'service_role')",
                    "create policy good on public.good for select to service_role using (true)"),
            broken("one-permissive-policy", "two policies for one command", table("public.bad"), table("public.good"),
                    "create policy bad_a on public.bad for select to authenticated using (false)",
                    "create policy bad_b on public.bad for select to authenticated using (id is null)",
                    "create policy good_a on public.good for select to authenticated using (false)",
                    "create policy good_b on public.good for insert to authenticated with check (false)",
                    "create policy good_c on public.good as restrictive for select to authenticated using (false)"),
            broken("one-permissive-policy", "a policy for all beside one for select", table("public.bad"), table("public.good"),
                    "create policy bad_a on public.bad for all to authenticated, service_role using (false) with check (false)",
                    "create policy bad_b on public.bad for select to anon, authenticated using (id is null)",
                    "create policy good_a on public.good for all to service_role using (true) with check (true)",
                    "create policy good_b on public.good for select to authenticated using (false)"),
            broken("one-permissive-policy", "a second policy on the product's table",
                    "create policy bad on public.game_profiles for select to authenticated using (false)",
                    "create policy good on public.game_profiles for delete to authenticated using (false)"),
            broken("update-policy-both", "an update policy without with check", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for update to authenticated using (false)",
                    "create policy good on public.good for update to authenticated using (false) with check (false)"),
            broken("update-policy-both", "an update policy without using", table("public.bad"),
                    "create policy bad on public.bad for update to authenticated with check (false)"),
            broken("policy-true", "using (true)", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to authenticated using (true)",
                    "create policy good on public.good for select to service_role using (true)"),
            broken("policy-true", "with check (true)", table("public.bad"),
                    "create policy bad on public.bad for insert to anon with check (true)"),
            broken("definer-in-private", "a definer in public",
                    function("public.bad", "security definer set search_path = ''"), function("private.good",
                    "security definer set search_path = ''")),
            broken("function-search-path", "a function without search_path", function("private.bad", ""), function("private.good", "set search_path = ''")),
            broken("function-search-path", "search_path = public", function("private.bad", "set search_path = public")),
            broken("function-closed", "a function that public may execute",
                    function("private.bad", "set search_path = ''"), function("private.good", "set search_path = ''"),
                    "grant execute on function private.bad() to public",
                    "grant execute on function private.good() to authenticated"),
            broken("view-security-invoker", "a view without security_invoker", view("public.bad", ""), view("public.good", "with (security_invoker = true)")),
            broken("view-security-invoker", "security_invoker = false", view("public.bad", "with (security_invoker = false)")),
            broken("materialized-view-private", "a materialized view in public", materializedView("public.bad"), materializedView("private.good")),
            broken("materialized-view-private", "a materialized view with a grant", materializedView("private.bad"),
                    "grant select on private.bad to authenticated"),
            broken("no-table-maintenance", "grant truncate", table("public.bad"), table("public.good"),
                    "grant select, truncate on public.bad to authenticated",
                    "grant select, insert, update, delete on public.good to authenticated"),
            broken("no-table-maintenance", "grant all, the hosted default", table("public.bad"),
                    "grant references (id) on public.bad to authenticated"),
            broken("nothing-for-anon", "a grant on a table", table("public.bad"), table("public.good"),
                    "grant select on public.bad to anon", "grant select on public.good to authenticated"),
            broken("nothing-for-anon", "a grant on a column", table("public.bad"), "grant update (id) on public.bad to anon"),
            broken("nothing-for-anon", "a grant on a function", function("private.bad", "set search_path = ''"),
                    "grant execute on function private.bad() to anon"),
            broken("nothing-for-public", "a grant on a table", table("public.bad"), table("public.good"),
                    "grant select on public.bad to public", "grant select on public.good to service_role"),
            broken("nothing-for-public", "a grant on a schema", "create schema bad", "grant usage on schema bad to public", "create schema good"),
            new Case("private-schema-closed", "usage on schema private",
                    "create schema good; grant usage on schema good to authenticated; comment on schema private is 'bad'; "
                    + "grant usage on schema private to authenticated", ""),
            broken("sequence-privileges", "update on a sequence", sequence("public.bad"), sequence("public.good"),
                    "grant usage, update on sequence public.bad to authenticated", "grant usage on sequence public.good to authenticated"),
            broken("foreign-key-index", "a foreign key without an index", table("public.bad"), table("public.good"),
                    "alter table public.bad add constraint bad_fkey foreign key (parent_id) references public.bad (id)",
                    "alter table public.good add constraint good_fkey foreign key (parent_id) references public.good (id)",
                    "create index good_idx on public.good (parent_id, id)"),
            broken("foreign-key-index", "an index with the column in second place", table("public.bad"),
                    "alter table public.bad add constraint bad_fkey foreign key (parent_id) references public.bad (id)",
                    "create index bad_idx on public.bad (id, parent_id)"),
            broken("account-reference", "an account column without a foreign key", table("public.bad"), table("public.good"),
                    "alter table public.bad rename column parent_id to user_id",
                    "alter table public.good rename column parent_id to user_id",
                    "alter table public.good add constraint good_fkey foreign key (user_id) references auth.users (id) on delete cascade",
                    "create index good_idx on public.good (user_id)"),
            broken("duplicate-index", "two equal indexes", table("public.bad"), table("public.good"),
                    "create index bad_a on public.bad (parent_id)", "create index bad_b on public.bad (parent_id)",
                    "create index good_a on public.good (parent_id)", "create index good_b on public.good (parent_id desc)"),
            broken("duplicate-index", "an index equal to that of a unique constraint", table("public.bad"),
                    "alter table public.bad add constraint bad_key unique (parent_id)", "create index bad_idx on public.bad (parent_id)"),
            broken("object-comment", "a table without a comment", table("public.bad"), table("public.good"), "comment on table public.bad is null"),
            broken("object-comment", "a column without a comment", table("public.bad"), table("public.good"), "comment on column public.bad.id is null"),
            broken("object-comment", "a view without a comment", view("public.bad", "with (security_invoker = true)"), "comment on view public.bad is null"),
            broken("object-comment", "a function without a comment", function("private.bad", "set search_path = ''"),
                    "comment on function private.bad() is null"),
            broken("written-column-bounded", "a text without a length", written("public.bad", "text"), written("public.good", "text"),
                    "alter table public.bad add constraint bad_note_check check (note <> '')",
                    "alter table public.good add constraint good_note_check check (note between 'a' and 'b' and char_length(note) <= 10)"),
            broken("written-column-bounded", "a text with a pattern of any length", written("public.bad", "text"), written("public.good", "text"),
                    "alter table public.bad add constraint bad_note_check check (note ~ '^[a-z]+$')",
                    "alter table public.good add constraint good_note_check check (note ~ '^[a-z]{1,5}$')"),
            broken("written-column-bounded", "an array with any number of nulls", written("public.bad", "text[]"), written("public.good", "text[]"),
                    "alter table public.bad add constraint bad_note_check check (char_length(array_to_string(note, ' ')) <= 10)",
                    "alter table public.good add constraint good_note_check check (cardinality(note) <= 5 and char_length(array_to_string(note, ' ')) <= 10)"),
            broken("written-column-bounded", "an array of texts of any length", written("public.bad", "text[]"), written("public.good", "text[]"),
                    "alter table public.bad add constraint bad_note_check check (cardinality(note) <= 2)",
                    "alter table public.good add constraint good_note_check check (cardinality(note) <= 2 and note <@ '{a,b}')"),
            broken("written-column-bounded", "JSON of any size", written("public.bad", "jsonb"), written("public.good", "jsonb"),
                    "alter table public.bad add constraint bad_note_check check (jsonb_typeof(note) = 'object')",
                    "alter table public.good add constraint good_note_check check (octet_length(note::text) <= 100)"),
            broken("written-column-bounded", "a number of any size", written("public.bad", "numeric"), written("public.good", "numeric"),
                    "alter table public.bad add constraint bad_note_check check (note > 0)",
                    "alter table public.good add constraint good_note_check check (note < 100)"),
            broken("written-line", "a title with line breaks", text("public.bad", "title"), text("public.good", "title"),
                    "alter table public.good add constraint good_line_check check (title !~ '[[:cntrl:]]')"),
            broken("written-link", "a link with anything after the scheme", text("public.bad", "url"), text("public.good", "url"),
                    "alter table public.bad add constraint bad_url_check check (url ~ '^https://')",
                    "alter table public.good add constraint good_url_check check (url ~ '^https://[^[:space:]<>\"\\\\]+$')"),
            broken("written-time-bounded", "a timestamp without a lower bound", written("public.bad", "timestamptz"), written("public.good", "timestamptz"),
                    "alter table public.bad add constraint bad_note_check check (note <= '2100-01-01')",
                    "alter table public.good add constraint good_note_check check (note between '2000-01-01' and '2100-01-01')"),
            broken("written-time-bounded", "a date without bounds", written("public.bad", "date"), written("public.good", "date"),
                    "alter table public.good add constraint good_note_check check (note between '2000-01-01' and '2100-01-01')"),
            broken("unique-key-checked", "a generated key that clients may insert", owned("public.bad"), owned("public.good"),
                    "grant insert (id, user_id) on public.bad to authenticated", "grant insert (user_id) on public.good to authenticated"),
            broken("unique-key-checked", "a place under a parent that the policy does not check", owned("public.bad"), owned("public.good"),
                    "alter table public.bad add constraint bad_key unique (parent_id)", "alter table public.good add constraint good_key unique (parent_id, user_id)",
                    "grant insert (parent_id, user_id) on public.bad, public.good to authenticated"),
            broken("unique-key-checked", "a key that clients may update", owned("public.bad"), owned("public.good"),
                    "create policy bad on public.bad for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()))",
                    "create policy good on public.good for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()))",
                    "grant update (id) on public.bad to authenticated", "grant update (parent_id) on public.good to authenticated"),
            broken("inserts-limited", "a table without a budget", owned("public.bad"), owned("public.good"), "grant insert (user_id) on public.bad, public.good to authenticated",
                    "drop trigger budget on public.bad"),
            broken("inserts-limited", "a budget of updates alone", owned("public.bad"), owned("public.good"), "grant insert (user_id) on public.bad, public.good to authenticated",
                    "drop trigger budget on public.bad; drop trigger budget on public.good; drop index public.good_user_id_idx; alter table public.good add constraint good_key unique (user_id)",
                    "create trigger budget after update on public.bad for each statement execute function private.limit_inserts(1)"),
            broken("constraint-validated", "a check that is not validated", table("public.bad"), table("public.good"),
                    "alter table public.bad add constraint bad_check check (id is not null) not valid",
                    "alter table public.good add constraint good_check check (id is not null) not valid",
                    "alter table public.good validate constraint good_check"),
            new Case("index-valid", "an interrupted index build", table("public.bad") + "create index bad_idx on public.bad (parent_id);"
                    + table("public.good") + "create index good_idx on public.good (parent_id)",
                    "update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.bad_idx'::regclass"),
            new Case("extension-schema", "an extension in public", "create schema bad",
                    "create extension citext with schema public; create extension hstore with schema extensions"),
            broken("log-schema", "the log in public", "create table public.databasechangelog (bad integer)",
                    "revoke all on public.databasechangelog from anon, authenticated, service_role"),
            broken("log-schema", "a grant on the log", "grant select on extensions.databasechangelog to anon"));

    private BrokenCatalogs() {
    }

    private static Case broken(String rule, String what, String... statements) {
        return new Case(rule, what, String.join(";\n", statements), "");
    }

    private static String table(String name) {
        return """
                create table %1$s (id uuid primary key, parent_id uuid);
                comment on table %1$s is 'A table.';
                comment on column %1$s.id is 'Primary key.';
                comment on column %1$s.parent_id is 'Parent row.';
                alter table %1$s enable row level security;
                revoke all on table %1$s from public, anon, authenticated, service_role;
                """.formatted(name);
    }

    /** The table, with a column that clients may write. */
    private static String written(String name, String type) {
        return table(name) + """
                alter table %1$s add column note %2$s;
                comment on column %1$s.note is 'What a client writes.';
                grant insert (note) on table %1$s to authenticated;
                """.formatted(name, type);
    }

    /** The table, with a short text column of this name that clients may write. */
    private static String text(String name, String column) {
        return written(name, "text check (char_length(note) <= 200)") + "alter table " + name + " rename column note to " + column;
    }

    /** The table, to which users may add their own rows within a budget. */
    private static String owned(String name) {
        String table = name.replace("public.", "");
        return table(name) + """
                alter table %1$s add column user_id uuid constraint %2$s_user_id_fkey references auth.users (id) on delete cascade;
                comment on column %1$s.user_id is 'The owner.';
                create index %2$s_user_id_idx on %1$s (user_id);
                create policy %2$s_insert on %1$s for insert to authenticated with check (user_id = (select auth.uid()));
                create trigger budget after insert on %1$s referencing new table as added for each statement execute function private.limit_inserts(1);
                """.formatted(name, table);
    }

    private static String view(String name, String options) {
        return """
                create view %1$s %2$s as select 1 as one;
                comment on view %1$s is 'One.';
                revoke all on table %1$s from public, anon, authenticated, service_role;
                """.formatted(name, options);
    }

    private static String materializedView(String name) {
        return """
                create materialized view %1$s as select 1 as one;
                comment on materialized view %1$s is 'One.';
                revoke all on table %1$s from public, anon, authenticated, service_role;
                """.formatted(name);
    }

    private static String sequence(String name) {
        return """
                create sequence %1$s;
                revoke all on sequence %1$s from public, anon, authenticated, service_role;
                """.formatted(name);
    }

    private static String function(String name, String options) {
        return """
                create function %1$s() returns integer language sql stable %2$s as 'select 1';
                comment on function %1$s() is 'One.';
                revoke all on function %1$s() from public, anon, authenticated, service_role;
                """.formatted(name, options);
    }
}
