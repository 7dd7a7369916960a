package changelogs.liquibase;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import liquibase.Scope;

/**
 * Target of a run: system, environment and database, without the password that a URL may contain.
 *
 * @param contexts contexts of the run; null if the goal has none
 */
record Target(String system, String environment, String contexts, String database, String role) {

    /** A goal without a changelog, such as history, also has no contexts. */
    static Target of(Environment.Login login, Map<String, String> configuration, Optional<Profiles> profiles) {
        String changelog = configuration.get("changeLogFile");
        String contexts = configuration.get("contexts");
        return new Target(changelog == null ? profiles.map(Profiles::system).orElse("unknown") : system(changelog),
                profiles.map(Profiles::environment).orElse(contexts), contexts, database(login.url()), role(login.properties()));
    }

    /** Configuration of the goal; empty outside of Maven. */
    @SuppressWarnings("unchecked")
    static Optional<Map<String, String>> configuration() {
        return Optional.ofNullable(Scope.getCurrentScope().get(Scope.Attr.mavenConfigurationProperties, Map.class));
    }

    /** Folder of the changelog. */
    private static String system(String changelog) {
        Path folder = Path.of(changelog).getParent();
        return folder == null ? changelog : folder.getFileName().toString();
    }

    private static String database(String url) {
        String bare = url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
        if (bare.startsWith("jdbc:embedded-postgresql:")) {
            Path path = Path.of(bare.substring("jdbc:embedded-postgresql:".length()));
            Path here = Path.of("").toAbsolutePath();
            return path.getFileName() + " on the embedded server in "
                    + (path.startsWith(here) ? here.relativize(path) : path).getParent();
        }
        String place = bare.replaceFirst("^jdbc:postgresql:(//)?", "");
        int slash = place.indexOf('/');
        return slash < 0 ? place : place.substring(slash + 1) + " on " + place.substring(0, slash);
    }

    private static String role(Properties login) {
        return login.getProperty("user", "the default role");
    }

    @Override
    public String toString() {
        return "System " + system + ", environment " + environment
                + (contexts == null || contexts.equals(environment) ? "" : " (contexts " + contexts + ")") + ", database " + database + ", as " + role;
    }
}
