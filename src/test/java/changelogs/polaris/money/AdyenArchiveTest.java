package changelogs.polaris.money;

import static changelogs.testing.Caller.ADMIN;
import static changelogs.testing.Caller.ALICE;
import static changelogs.testing.Caller.ANON;
import static changelogs.testing.Caller.SERVICE;
import static changelogs.testing.SqlFailed.INSUFFICIENT_PRIVILEGE;
import static changelogs.testing.SqlFailed.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import changelogs.polaris.People;
import changelogs.testing.Caller;
import changelogs.testing.Database;
import changelogs.testing.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Adyen tables in schema archive: inaccessible to the API roles, and deleting an account still clears the user. */
class AdyenArchiveTest {

    private static final List<Caller> CALLERS = List.of(ANON, ALICE, ADMIN, SERVICE);

    @RegisterExtension
    final Database archived = Database.of(Adyen.ARCHIVED);

    private Session operator;

    @BeforeEach
    void archivedCheckout() {
        People.signUp(archived);
        operator = archived.operator();
        Adyen.fill(operator, "archive", ALICE.account());
    }

    @Test
    void apiRolesCannotReachTheArchive() {
        assertOutOfReach();
    }

    @Test
    void usageOnTheSchemaDoesNotOpenItsTables() {
        archived.owner().update("grant usage on schema archive to anon, authenticated, service_role");

        assertOutOfReach();
    }

    /** A security_invoker view uses the caller's privileges, which would suffice if the grants of 0022 had remained. */
    @Test
    void invokerViewDoesNotOpenTheArchive() {
        archived.owner().script("""
                create view public.monthly with (security_invoker = true) as select p.id from archive.adyen_payments as p;
                grant select on public.monthly to anon, authenticated, service_role
                """);

        for (Caller caller : CALLERS) {
            assertThatThrownBy(() -> archived.as(caller).rows("select * from public.monthly")).as(caller.toString()).is(sqlState(INSUFFICIENT_PRIVILEGE));
        }
    }

    @Test
    void apiRolesHoldNoPrivilegeInTheArchive() {
        assertThat(operator.column(String.class, """
                select r.role || ' ' || c.relname
                from pg_class as c
                cross join unnest(array['anon', 'authenticated', 'service_role']) as r (role)
                where c.relnamespace = 'archive'::regnamespace
                    and c.relkind in ('r', 'v')
                    and (has_any_column_privilege(r.role, c.oid, 'select, insert, update, references')
                        or has_table_privilege(r.role, c.oid, 'delete, truncate, trigger')
                        or has_schema_privilege(r.role, 'archive', 'usage, create'))
                """)).isEmpty();
    }

    @Test
    void deletingAnAccountKeepsArchivedRowsWithoutTheUser() {
        operator.update("delete from auth.users where id = ?", ALICE.account());

        assertThat(operator.value(Long.class, "select count(*) from public.profiles where id = ?", ALICE.account())).as("profiles left").isZero();
        for (String table : List.of("archive.adyen_sessions", "archive.adyen_payments")) {
            assertThat(operator.value(Long.class, "select count(*) from " + table + " where user_id is null")).as(table).isEqualTo(1);
        }
    }

    @Test
    void functionsAndTriggersOfAdyenAreDropped() {
        assertThat(operator.column(String.class, "select p.oid::regprocedure::text from pg_proc as p where p.proname ~ 'adyen' or p.prosrc ~ 'adyen'")).isEmpty();
        assertThat(operator.column(String.class, "select tgname::text from pg_trigger where tgrelid = 'archive.adyen_webhook_events'::regclass and not tgisinternal")).isEmpty();
    }

    private void assertOutOfReach() {
        List<String> attempts = new ArrayList<>(List.of("select * from archive." + Adyen.VIEW));
        for (String table : Adyen.TABLES) {
            attempts.addAll(List.of("select * from archive." + table, "select id from archive." + table, "insert into archive." + table + " default values",
                    "update archive." + table + " set created_at = now()", "delete from archive." + table, "truncate archive." + table));
        }
        attempts.add("create table archive.mine (id integer)");
        for (Caller caller : CALLERS) {
            for (String attempt : attempts) {
                assertThatThrownBy(() -> archived.as(caller).update(attempt)).as("%s: %s", caller, attempt).is(sqlState(INSUFFICIENT_PRIVILEGE));
            }
        }
    }
}
