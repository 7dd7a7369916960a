package changelogs.polaris;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every check constraint and foreign key rejects a value that violates it. */
class ImpossibleValuesTest {

    private final ImpossibleValues values = ImpossibleValues.of("polaris");

    @RegisterExtension
    final Database polaris = Database.of("polaris");

    @TestFactory
    Stream<DynamicTest> constraintRejectsImpossibleValue() {
        return values.areRefused(polaris);
    }

    @Test
    void eachConstraintHasAnImpossibleValue() {
        values.areOfEachConstraint(polaris);
    }
}
