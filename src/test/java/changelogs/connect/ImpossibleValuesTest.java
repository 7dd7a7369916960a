package changelogs.connect;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every check constraint and foreign key rejects a value that violates it. */
class ImpossibleValuesTest {

    private final ImpossibleValues values = ImpossibleValues.of("connect");

    @RegisterExtension
    final Database connect = Database.of("connect");

    @TestFactory
    Stream<DynamicTest> constraintRejectsImpossibleValue() {
        return values.areRefused(connect);
    }

    @Test
    void eachConstraintHasAnImpossibleValue() {
        values.areOfEachConstraint(connect);
    }
}
