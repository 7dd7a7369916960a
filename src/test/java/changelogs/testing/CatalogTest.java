package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Catalog comparison detects every kind of change, and CatalogReader reads every change. */
class CatalogTest {

    private static final List<String> CHANGES = List.of(
            "create table public.t (id integer)",
            "create schema s",
            "alter table public.game_profiles add column c integer",
            "alter table public.game_profiles alter column display_name set default 'x'",
            "alter table public.game_profiles alter column display_name set not null",
            "alter table public.game_profiles disable row level security",
            "alter table public.game_profiles force row level security",
            "alter table public.game_profiles set (fillfactor = 50)",
            "alter table public.game_profiles replica identity full",
            "alter table public.game_profiles add constraint k check (display_name <> '') not valid",
            "create index i on public.game_profiles (user_id)",
            "comment on table public.game_profiles is 'other'",
            "comment on column public.game_profiles.id is 'other'",
            "grant delete on public.game_profiles to public",
            "grant update (display_name) on public.game_profiles to public",
            "revoke select on public.game_profiles from anon",
            "grant usage on schema extensions to public",
            "create policy p on public.game_profiles for delete to anon using (true)",
            "alter policy \"Users select own profile\" on public.game_profiles using (true)",
            "create function public.f() returns integer language sql as 'select 1'",
            "create trigger t before update on public.game_profiles for each row execute function suppress_redundant_updates_trigger()",
            "create view public.v as select 1 as one",
            "create sequence public.q",
            "create type public.mood as enum ('good')",
            "create domain public.d as integer check (value > 0)",
            "create statistics public.s on id, user_id from public.game_profiles",
            "create extension pg_trgm with schema extensions",
            "alter default privileges in schema public revoke select on tables from anon",
            "create publication p for table public.game_profiles",
            "create rule r as on delete to public.game_profiles do instead nothing",

            // Objects whose names occur in definitions of others.
            "alter table public.t add primary key (id)",
            "create table s.child (t_id integer constraint parent references public.t, mood public.mood[], d public.d, q integer default nextval('public.q'))",
            "create view s.names as select p.id, p.display_name, public.f() as f, m.mood from public.game_profiles as p, s.child as m",
            "create view s.more_names as select * from s.names",
            "create materialized view s.counted as select count(*) as of_names from s.more_names",
            "create function s.touch() returns trigger language plpgsql as 'begin return new; end'",
            "create trigger touched before update of display_name on public.game_profiles for each row execute function s.touch()",
            "create policy q on public.game_profiles for select to anon using (public.f() = 1 and exists (select from s.names as n where n.id = game_profiles.id))",
            "create index f on public.game_profiles (lower(display_name)) where display_name <> ''",
            "create function s.listed(public.mood, public.t) returns setof public.game_profiles language sql begin atomic select * from public.game_profiles; end",
            "create function s.defaulted(integer default public.f()) returns integer language sql return $1",
            "create collation s.plain from \"C\"; alter table s.child add column word text collate s.plain default 'x'",
            "create index w on s.child (word collate s.plain)",
            "alter table public.game_profiles rename column display_name to shown_name",
            "alter table public.t rename to tt",
            "alter table public.tt rename column id to key",
            "alter table s.child rename to kid",
            "alter view s.names rename to called",
            "alter function public.f() rename to ff",
            "alter function s.touch() rename to touched",
            "alter type public.mood rename to temper",
            "alter type public.temper rename value 'good' to 'fine'",
            "alter type public.temper add value 'bad'",
            "alter domain public.d rename to dd",
            "alter sequence public.q rename to qq",
            "alter collation s.plain rename to simple",
            "alter schema s rename to ss",
            "alter extension pg_trgm set schema public",

            "alter function public.ff() stable set search_path = ''",
            "alter function public.ff() owner to postgres",
            "create or replace function public.ff() returns integer language sql as 'select 2'",
            "revoke execute on function public.ff() from public",
            "comment on function public.ff() is 'other'",
            "alter extension pg_trgm add function ss.touched()",
            "alter extension pg_trgm drop function ss.touched()",
            "create or replace view ss.called as select p.id, p.shown_name as display_name, 7 as f, m.mood from public.game_profiles as p, ss.kid as m",
            "alter view ss.called set (security_barrier = true)",
            "alter view ss.called alter column f set default 7",
            "alter table ss.kid alter column q drop default",
            "alter table ss.kid alter column q type bigint",
            "alter table ss.kid alter column q set statistics 7",
            "alter table ss.kid alter column word set storage main",
            "alter table ss.kid drop column mood cascade",
            "alter table ss.kid add column n integer generated by default as identity",
            "alter table ss.kid alter column n set generated always",
            "alter sequence ss.kid_n_seq increment 2",
            "alter table ss.kid owner to postgres",
            "alter table ss.kid rename constraint parent to elder",
            "comment on constraint elder on ss.kid is 'other'",
            "alter table ss.kid alter constraint elder deferrable",
            "alter table ss.kid set unlogged",
            "alter table ss.kid drop constraint elder",
            "create unique index n on ss.kid (n)",
            "comment on index ss.n is 'other'",
            "alter table ss.kid cluster on n",
            "alter table ss.kid set without cluster",
            "alter table ss.kid add constraint n unique using index n",
            "alter table ss.kid replica identity using index n",
            "alter index ss.n set (fillfactor = 50)",
            "alter index ss.w rename to words",
            "drop index ss.words",
            "alter domain public.dd add constraint small check (value < 9)",
            "alter domain public.dd drop constraint small",
            "create type ss.pair as (a integer, b text)",
            "alter type ss.pair add attribute c public.temper",
            "comment on type ss.pair is 'other'",
            "drop type ss.pair",
            "create table ss.parts (id integer) partition by range (id)",
            "create table ss.part partition of ss.parts for values from (1) to (9)",
            "alter table ss.parts detach partition ss.part",
            "alter table public.game_profiles validate constraint k",
            "alter table public.game_profiles drop constraint k",
            "alter table public.game_profiles alter column shown_name drop not null",
            "alter table public.game_profiles alter column shown_name drop default",
            "comment on column public.game_profiles.id is null",
            "revoke update (shown_name) on public.game_profiles from public",
            "alter policy p on public.game_profiles to authenticated",
            "alter policy p on public.game_profiles rename to pp",
            "comment on policy pp on public.game_profiles is 'other'",
            "drop policy pp on public.game_profiles",
            "alter trigger t on public.game_profiles rename to tt",
            "comment on trigger tt on public.game_profiles is 'other'",
            "alter table public.game_profiles enable always trigger tt",
            "drop trigger tt on public.game_profiles",
            "create or replace rule r as on delete to public.game_profiles do also nothing",
            "alter table public.game_profiles disable rule r",
            "drop rule r on public.game_profiles",
            "alter statistics public.s rename to ss",
            "drop statistics public.ss",
            "create function ss.dropped() returns event_trigger language plpgsql as 'begin end'",
            "create event trigger e on sql_drop when tag in ('DROP SEQUENCE') execute function ss.dropped()",
            "alter event trigger e disable",
            "drop event trigger e",
            "create table ss.logged (id integer)",
            "alter publication p add table ss.logged",
            "alter publication p set (publish = 'insert')",
            "drop publication p",
            "alter default privileges revoke execute on functions from public",
            "alter default privileges grant execute on functions to public",
            "do $$ begin execute format('alter role anon in database %I set work_mem = %L', current_database(), '8MB'); end $$",
            "do $$ begin execute format('alter role anon in database %I reset work_mem', current_database()); end $$",
            "do $$ begin begin create table ss.inner_one (); exception when others then null; end; end $$",
            "drop extension pg_trgm",
            "drop sequence public.qq cascade",
            "drop view public.v",
            "drop table ss.kid cascade",
            "drop schema ss cascade",
            "drop table public.tt",
            "drop function public.ff()",
            "drop type public.temper");

    @RegisterExtension
    final Database database = Database.before("vectors");

    @Test
    void everyKindOfChangeIsDetected() {
        Session operator = database.operator();
        CatalogReader reader = new CatalogReader(operator);
        Catalog before = Catalog.of(operator);
        assertThat(reader.read()).as("catalog at the start of the reader").isEqualTo(before);

        for (String change : CHANGES) {
            operator.script(change);

            Catalog after = Catalog.of(operator);
            assertThat(after.differencesFrom(before)).as("differences after: %s", change).isNotEmpty();
            assertThat(reader.read().differencesFrom(after)).as("differences between reader and catalog after: %s", change).isEmpty();
            before = after;
        }
    }
}
