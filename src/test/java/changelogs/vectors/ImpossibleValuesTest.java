package changelogs.vectors;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every check constraint and foreign key rejects a value that violates it. */
class ImpossibleValuesTest {

    private final ImpossibleValues values = ImpossibleValues.of("vectors");

    @RegisterExtension
    final Database vectors = Database.of("vectors");

    @TestFactory
    Stream<DynamicTest> constraintRejectsImpossibleValue() {
        return values.areRefused(vectors);
    }

    @Test
    void eachConstraintHasAnImpossibleValue() {
        values.areOfEachConstraint(vectors);
    }
}
