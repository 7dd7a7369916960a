package changelogs.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Calls that are reported to a probe. */
record Watched(Calls calls, String role, Probe probe) implements Calls {

    static Calls by(Probe probe, String role, Calls calls) {
        return probe == Probe.NONE ? calls : new Watched(calls, role, probe);
    }

    @Override
    public <T> T run(String sql, Work<T> work) throws SQLException {
        T result;
        try {
            result = calls.run(sql, work);
        } catch (SQLException e) {
            probe.called(role, sql, e);
            throw e;
        }
        probe.called(role, sql, null);
        return result;
    }

    @Override
    public Connection connection() {
        return calls.connection();
    }

    @Override
    public void close() throws SQLException {
        calls.close();
    }
}
