package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** CallerChecks finds the checks of the caller in a function and removes each. */
class CallerChecksTest {

    @Test
    void rejectionOfTheCallerIsRemoved() {
        assertThat(opened("""
                if p_user is null or p_user is distinct from (select auth.uid()) and not private.is_service() then
                    raise exception 'no' using errcode = 'insufficient_privilege';
                end if;
                """)).isEqualTo("[if false then raise exception 'no' using errcode = 'insufficient_privilege'; end if;]");
    }

    @Test
    void otherRejectionsAreKept() {
        assertThat(opened("if p_amount < 0 then raise exception 'no' using errcode = 'check_violation'; end if;")).isEqualTo("[]");
        assertThat(opened("if found then return; end if; raise exception 'no' using errcode = 'insufficient_privilege';")).isEqualTo("[]");
    }

    @Test
    void eachFilterIsRemovedSeparately() {
        assertThat(opened("select 1 from t where t.user_id = (select auth.uid()) and private.is_staff()"))
                .isEqualTo("[select 1 from t where true and private.is_staff(), select 1 from t where t.user_id = (select auth.uid()) and true]");
        assertThat(opened("return t.owner is distinct from auth.uid() or not private.is_admin()"))
                .isEqualTo("[return false or not private.is_admin(), return t.owner is distinct from auth.uid() or false]");
    }

    @Test
    void filterByAVariableWithTheCallerIsRemoved() {
        assertThat(opened("declare me uuid := (select auth.uid()); begin delete from t where owner = me and menu = 1; end"))
                .isEqualTo("[declare me uuid := (select auth.uid()); begin delete from t where true and menu = 1; end]");
    }

    @Test
    void functionThatOnlyStoresTheCallerHasNoCheck() {
        CallerChecks stamp = function("new.author_id := (select auth.uid()); return new;");

        assertThat(stamp.readsCaller()).isTrue();
        assertThat(stamp.withEachCheckRemoved()).isEmpty();
        assertThat(function("return now();").readsCaller()).isFalse();
    }

    @Test
    void allRejectionsAreRemovedTogether() {
        String refusal = "if not private.is_staff() then raise exception 'no' using errcode = '42501'; end if; ";

        assertThat(function(refusal + refusal).withoutRejections()).doesNotContain("is_staff");
    }

    private static CallerChecks function(String body) {
        return new CallerChecks("CREATE OR REPLACE FUNCTION public.f()\n RETURNS void\nAS $function$" + body + "$function$\n");
    }

    private static String opened(String body) {
        return function(body).withEachCheckRemoved().stream().map(text -> text.replaceAll("(?s).*AS \\$function\\$|\\$function\\$.*", "").replaceAll("\\s+", " ").strip()).toList().toString();
    }
}
