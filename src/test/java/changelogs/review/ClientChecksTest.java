package changelogs.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The body of a function uses an object if it names it with its schema, or without any schema. */
class ClientChecksTest {

    @Test
    void bodyNamesAnObjectWithItsSchemaOrWithoutOne() {
        assertThat(ClientChecks.names("select public.move_item(1)", "public.move_item")).isTrue();
        assertThat(ClientChecks.names("select move_item(1)", "public.move_item")).isTrue();
    }

    @Test
    void sameNameInAnotherSchemaIsAnotherObject() {
        assertThat(ClientChecks.names("select private.move_item(1)", "public.move_item")).isFalse();
        assertThat(ClientChecks.names("select public.remove_item(1)", "public.move_item")).isFalse();
    }
}
