package changelogs.liquibase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.configuration.ConfigurationValueProvider;
import liquibase.configuration.LiquibaseConfiguration;
import liquibase.configuration.core.EnvironmentValueProvider;
import liquibase.configuration.core.SystemPropertyValueProvider;

/**
 * Snapshot of the system properties and environment variables, taken when a run connects.
 *
 * <p>Liquibase copies and hashes all of them each time it reads a setting, to detect changes, which takes a third of the time of an
 * update. This class reads them once per run.
 */
final class RunSettings {

    private RunSettings() {
    }

    static void read() {
        LiquibaseConfiguration configuration = Scope.getCurrentScope().getSingleton(LiquibaseConfiguration.class);
        synchronized (configuration) {
            for (ConfigurationValueProvider provider : List.copyOf(configuration.getProviders())) {
                if (is(provider, SystemPropertyValueProvider.class, Properties.class)) {
                    configuration.unregisterProvider(provider);
                    configuration.registerProvider(new Properties());
                } else if (is(provider, EnvironmentValueProvider.class, Variables.class)) {
                    configuration.unregisterProvider(provider);
                    configuration.registerProvider(new Variables());
                }
            }
        }
    }

    /** Compares class names, because each Maven goal loads these classes again while Liquibase keeps objects of the first goal. */
    private static boolean is(ConfigurationValueProvider provider, Class<?> liquibases, Class<?> ours) {
        String name = provider.getClass().getName();
        return name.equals(liquibases.getName()) || name.equals(ours.getName());
    }

    private static final class Properties extends SystemPropertyValueProvider {

        private final Map<Object, Object> properties = new HashMap<>((Map<?, ?>) System.getProperties().clone());

        @Override
        protected Map<?, ?> getMap() {
            return properties;
        }

        @Override
        protected int getMapHash() {
            return 0;
        }
    }

    private static final class Variables extends EnvironmentValueProvider {

        @Override
        protected int getMapHash() {
            return 0;
        }
    }
}
