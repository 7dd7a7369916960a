package changelogs.rules;

import java.util.List;

/** For each catalog rule, objects named bad… that break it and objects named good… that keep it. */
final class BrokenCatalogs {

    /** SQL to run as the owner, then SQL to run as the operator for objects that the owner cannot create. */
    record Case(String rule, String what, String sql, String operatorSql) {

        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }

    static final List<Case> ALL = List.of(
            broken("table-row-security", "in public",
                    table("public.bad"), table("public.good"), "alter table public.bad disable row level security"),
            broken("table-row-security", "in private",
                    table("private.bad"), table("private.good"), "alter table private.bad disable row level security"),
            broken("policy-role", "none", table("public.bad"), table("public.good"),
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
            broken("policy-or-indexable", "mine, or I am admin", table("public.bad"), table("public.good"),
                    function("private.may_all", "set search_path = ''").replace("integer", "boolean").replace("select 1", "select true"),
                    "create policy bad on public.bad for select to authenticated using (id = (select auth.uid()) or (select private.may_all()))",
                    "create policy good on public.good for select to authenticated using (id = (select auth.uid()) and (select private.may_all()))"),
            broken("policy-or-indexable", "mine, or nobody's and I am admin", table("public.bad"), table("public.good"),
                    function("private.may_all", "set search_path = ''").replace("integer", "boolean").replace("select 1", "select true"),
                    "create policy bad on public.bad for select to authenticated using (id = (select auth.uid()) or id is null and (select private.may_all()))",
                    "create policy good on public.good for select to authenticated using (coalesce(id, gen_random_uuid()) = (select auth.uid()))"),
            broken("policy-auth-role", "in a select", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to service_role using ((select auth.role()) = 'service_role')",
                    "create policy good on public.good for select to service_role using (true)"),
            broken("one-permissive-policy", "the same command", table("public.bad"), table("public.good"),
                    "create policy bad_a on public.bad for select to authenticated using (false)",
                    "create policy bad_b on public.bad for select to authenticated using (id is null)",
                    "create policy good_a on public.good for select to authenticated using (false)",
                    "create policy good_b on public.good for insert to authenticated with check (false)",
                    "create policy good_c on public.good as restrictive for select to authenticated using (false)"),
            broken("one-permissive-policy", "by way of for all", table("public.bad"), table("public.good"),
                    "create policy bad_a on public.bad for all to authenticated, service_role using (false) with check (false)",
                    "create policy bad_b on public.bad for select to anon, authenticated using (id is null)",
                    "create policy good_a on public.good for all to service_role using (true) with check (true)",
                    "create policy good_b on public.good for select to authenticated using (false)"),
            broken("one-permissive-policy", "on the product's table",
                    "create policy bad on public.game_profiles for select to authenticated using (false)",
                    "create policy good on public.game_profiles for delete to authenticated using (false)"),
            broken("update-policy-both", "no with check", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for update to authenticated using (false)",
                    "create policy good on public.good for update to authenticated using (false) with check (false)"),
            broken("update-policy-both", "no using", table("public.bad"),
                    "create policy bad on public.bad for update to authenticated with check (false)"),
            broken("policy-true", "using", table("public.bad"), table("public.good"),
                    "create policy bad on public.bad for select to authenticated using (true)",
                    "create policy good on public.good for select to service_role using (true)"),
            broken("policy-true", "with check", table("public.bad"),
                    "create policy bad on public.bad for insert to anon with check (true)"),
            broken("definer-in-private", "in public",
                    function("public.bad", "security definer set search_path = ''"), function("private.good",
                    "security definer set search_path = ''")),
            broken("function-search-path", "none", function("private.bad", ""), function("private.good", "set search_path = ''")),
            broken("function-search-path", "public", function("private.bad", "set search_path = public")),
            broken("function-closed", "everyone may execute it",
                    function("private.bad", "set search_path = ''"), function("private.good", "set search_path = ''"),
                    "grant execute on function private.bad() to public",
                    "grant execute on function private.good() to authenticated"),
            broken("view-security-invoker", "none", view("public.bad", ""), view("public.good", "with (security_invoker = true)")),
            broken("view-security-invoker", "false", view("public.bad", "with (security_invoker = false)")),
            broken("materialized-view-private", "in public", materializedView("public.bad"), materializedView("private.good")),
            broken("materialized-view-private", "readable", materializedView("private.bad"),
                    "grant select on private.bad to authenticated"),
            broken("no-table-maintenance", "truncate", table("public.bad"), table("public.good"),
                    "grant select, truncate on public.bad to authenticated",
                    "grant select, insert, update, delete on public.good to authenticated"),
            broken("no-table-maintenance", "the hosted default, all", table("public.bad"),
                    "grant references (id) on public.bad to authenticated"),
            broken("nothing-for-anon", "a table", table("public.bad"), table("public.good"),
                    "grant select on public.bad to anon", "grant select on public.good to authenticated"),
            broken("nothing-for-anon", "a column", table("public.bad"), "grant update (id) on public.bad to anon"),
            broken("nothing-for-anon", "a function", function("private.bad", "set search_path = ''"),
                    "grant execute on function private.bad() to anon"),
            broken("nothing-for-public", "a table", table("public.bad"), table("public.good"),
                    "grant select on public.bad to public", "grant select on public.good to service_role"),
            broken("nothing-for-public", "a schema", "create schema bad", "grant usage on schema bad to public", "create schema good"),
            new Case("private-schema-closed", "usage",
                    "create schema good; grant usage on schema good to authenticated; comment on schema private is 'bad'; "
                    + "grant usage on schema private to authenticated", ""),
            broken("sequence-privileges", "update", sequence("public.bad"), sequence("public.good"),
                    "grant usage, update on sequence public.bad to authenticated", "grant usage on sequence public.good to authenticated"),
            broken("foreign-key-index", "none", table("public.bad"), table("public.good"),
                    "alter table public.bad add constraint bad_fkey foreign key (parent_id) references public.bad (id)",
                    "alter table public.good add constraint good_fkey foreign key (parent_id) references public.good (id)",
                    "create index good_idx on public.good (parent_id, id)"),
            broken("foreign-key-index", "in the second place", table("public.bad"),
                    "alter table public.bad add constraint bad_fkey foreign key (parent_id) references public.bad (id)",
                    "create index bad_idx on public.bad (id, parent_id)"),
            broken("duplicate-index", "twice", table("public.bad"), table("public.good"),
                    "create index bad_a on public.bad (parent_id)", "create index bad_b on public.bad (parent_id)",
                    "create index good_a on public.good (parent_id)", "create index good_b on public.good (parent_id desc)"),
            broken("duplicate-index", "beside a unique constraint", table("public.bad"),
                    "alter table public.bad add constraint bad_key unique (parent_id)", "create index bad_idx on public.bad (parent_id)"),
            broken("object-comment", "a table", table("public.bad"), table("public.good"), "comment on table public.bad is null"),
            broken("object-comment", "a column", table("public.bad"), table("public.good"), "comment on column public.bad.id is null"),
            broken("object-comment", "a view", view("public.bad", "with (security_invoker = true)"), "comment on view public.bad is null"),
            broken("object-comment", "a function", function("private.bad", "set search_path = ''"),
                    "comment on function private.bad() is null"),
            broken("constraint-validated", "a check", table("public.bad"), table("public.good"),
                    "alter table public.bad add constraint bad_check check (id is not null) not valid",
                    "alter table public.good add constraint good_check check (id is not null) not valid",
                    "alter table public.good validate constraint good_check"),
            new Case("index-valid", "cut short", table("public.bad") + "create index bad_idx on public.bad (parent_id);"
                    + table("public.good") + "create index good_idx on public.good (parent_id)",
                    "update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.bad_idx'::regclass"),
            new Case("extension-schema", "in public", "create schema bad",
                    "create extension citext with schema public; create extension hstore with schema extensions"),
            broken("log-schema", "in public", "create table public.databasechangelog (bad integer)",
                    "revoke all on public.databasechangelog from anon, authenticated, service_role"),
            broken("log-schema", "readable", "grant select on extensions.databasechangelog to anon"));

    private BrokenCatalogs() {
    }

    private static Case broken(String rule, String what, String... statements) {
        return new Case(rule, what, String.join(";\n", statements), "");
    }

    private static String table(String name) {
        return """
                create table %1$s (id uuid primary key, parent_id uuid);
                comment on table %1$s is 'One of many.';
                comment on column %1$s.id is 'Its key.';
                comment on column %1$s.parent_id is 'The one that it came from.';
                alter table %1$s enable row level security;
                revoke all on table %1$s from public, anon, authenticated, service_role;
                """.formatted(name);
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
