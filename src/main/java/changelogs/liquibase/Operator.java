package changelogs.liquibase;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The user or job that runs Liquibase, as {@code pg_stat_activity} shows it. */
final class Operator {

    private Operator() {
    }

    static String current() {
        return System.getProperty("user.name", "unknown") + "@" + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
