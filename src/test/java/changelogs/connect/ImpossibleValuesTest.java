package changelogs.connect;

import changelogs.testing.Database;
import changelogs.testing.ImpossibleValues;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each check and each foreign key refuses what it is there to refuse. */
class ImpossibleValuesTest {

    private final ImpossibleValues values = ImpossibleValues.of("connect");

    @RegisterExtension
    final Database connect = Database.of("connect");

    @TestFactory
    Stream<DynamicTest> constraintRefusesImpossibleValue() {
        return values.areRefused(connect);
    }

    @Test
    void eachConstraintHasAnImpossibleValue() {
        values.areOfEachConstraint(connect);
    }
}
