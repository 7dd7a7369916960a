package changelogs.liquibase;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Liquibase tells its user, until closed. */
final class Messages extends Handler {

    private final Logger logger = Logger.getLogger("liquibase.ui");
    private final List<String> texts = new CopyOnWriteArrayList<>();

    Messages() {
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void publish(LogRecord entry) {
        texts.add(entry.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
