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
 * System properties and environment variables as they are when a run connects.
 *
 * <p>For each of the many settings it reads for each changeset, Liquibase copies and hashes all of them, to see whether one
 * has changed: a third of the time of an update. They are read once here, at the start of each run.
 */
final class SettingsOfARun {

    private SettingsOfARun() {
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

    /** By name, since each goal of a Maven run loads these classes anew while Liquibase keeps what the first goal registered. */
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
