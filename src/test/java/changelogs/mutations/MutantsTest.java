package changelogs.mutations;

import static org.assertj.core.api.Assertions.assertThat;

import changelogs.testing.Database;
import changelogs.testing.Session;
import changelogs.testing.State;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The mutations of a schema are complete, unique and assigned to migrations. */
class MutantsTest {

    private static List<Mutation> mutations;

    @BeforeAll
    static void read() {
        mutations = Mutants.of(State.end("describe-it")).mutations();
    }

    @Test
    void everyKindOfMutationOccurs() {
        assertThat(mutations.stream().map(Mutation::kind).collect(Collectors.toSet())).isEqualTo(EnumSet.allOf(Kind.class));
    }

    @Test
    void namesAreUnique() {
        assertThat(mutations.stream().map(Mutation::id)).doesNotHaveDuplicates();
    }

    @Test
    void objectsOfTheProductAreExcluded() {
        assertThat(mutations.stream().map(Mutation::id)).noneMatch(id -> id.startsWith("describe-it: privilege revoked: select on public.sessions from"));
    }

    @Test
    void grantThatNamesEveryColumnIsNotMutated() {
        try (Database database = Database.open("vectors"); Session operator = database.operator()) {
            operator.script("""
                    create table public.samples (id integer, note text);
                    grant select (id, note), update (note) on public.samples to authenticated;
                    """);

            assertThat(Schema.readBy(operator).mutations(Kind.COLUMNS_WIDENED)).filteredOn(row -> row.get("object").toString().contains("public.samples"))
                    .extracting(row -> row.get("object")).containsExactly("update on columns of public.samples to authenticated");
        }
    }

    @Test
    void everyMutationHasItsMigration() {
        assertThat(mutations).allSatisfy(mutation -> assertThat(mutation.migration()).as(mutation.id()).matches("\\d{4}-.*"));
        assertThat(mutations).filteredOn(mutation -> mutation.id().equals("describe-it: policy dropped: public.user_progress user_progress_select_own"))
                .singleElement().extracting(Mutation::migration).isEqualTo("0004-row-security");
    }

    @Test
    void sampleDependsOnlyOnTheSeed() {
        List<Mutation> sample = new Sample(10, "d85b8ab").of(mutations);

        assertThat(sample).hasSize(10).isEqualTo(new Sample(10, "d85b8ab").of(mutations)).isNotEqualTo(new Sample(10, "07339b6").of(mutations));
        assertThat(new Sample(1_000_000, "d85b8ab").of(mutations)).containsExactlyInAnyOrderElementsOf(mutations);
    }
}
