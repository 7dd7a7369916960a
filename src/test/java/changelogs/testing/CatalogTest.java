package changelogs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A comparison of catalogs is worth what it can see. */
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
            "create rule r as on delete to public.game_profiles do instead nothing");

    @RegisterExtension
    final Database database = Database.before("vectors");

    @Test
    void showsEveryKindOfChange() {
        Session operator = database.operator();
        Catalog before = Catalog.of(operator);

        for (String change : CHANGES) {
            operator.script(change);

            Catalog after = Catalog.of(operator);
            assertThat(after.objects()).as("the catalog after: %s", change).isNotEqualTo(before.objects());
            before = after;
        }
    }
}
