package changelogs.liquibase;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The person or job at this end of a connection, as others see it in {@code pg_stat_activity}. */
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
