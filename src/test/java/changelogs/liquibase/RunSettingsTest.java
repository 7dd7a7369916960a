package changelogs.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.configuration.ConfigurationValueProvider;
import liquibase.configuration.LiquibaseConfiguration;
import liquibase.configuration.core.EnvironmentValueProvider;
import liquibase.configuration.core.SystemPropertyValueProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Liquibase's settings are read once per run. */
class RunSettingsTest {

    /** A setting that no other test reads. */
    private static final String SETTING = GlobalConfiguration.DIFF_COLUMN_ORDER.getKey();

    @AfterEach
    void clear() {
        System.clearProperty(SETTING);
    }

    @Test
    void runSeesSystemPropertiesSetBeforeItConnects() {
        System.setProperty(SETTING, "false");
        RunSettings.read();
        assertThat(GlobalConfiguration.DIFF_COLUMN_ORDER.getCurrentValue()).isFalse();

        System.setProperty(SETTING, "true");
        RunSettings.read();
        assertThat(GlobalConfiguration.DIFF_COLUMN_ORDER.getCurrentValue()).isTrue();
    }

    @Test
    void sourcesOfSettingsAreNotDuplicatedByLaterRuns() {
        RunSettings.read();
        RunSettings.read();

        assertThat(Scope.getCurrentScope().getSingleton(LiquibaseConfiguration.class).getProviders())
                .extracting(RunSettingsTest::source).containsOnlyOnce(SystemPropertyValueProvider.class).containsOnlyOnce(EnvironmentValueProvider.class);
    }

    private static Class<?> source(ConfigurationValueProvider provider) {
        return provider instanceof SystemPropertyValueProvider ? SystemPropertyValueProvider.class
                : provider instanceof EnvironmentValueProvider ? EnvironmentValueProvider.class : provider.getClass();
    }
}
