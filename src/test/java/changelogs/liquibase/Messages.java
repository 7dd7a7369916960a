package changelogs.liquibase;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Liquibase tells the user of the test's own runs, until closed; other tests run at the same time. */
final class Messages extends Handler {

    /** Inherited by the threads that a test starts. */
    private static final ThreadLocal<Messages> OF_THE_TEST = new InheritableThreadLocal<>();

    private final Logger logger = Logger.getLogger("liquibase.ui");
    private final List<String> texts = new CopyOnWriteArrayList<>();

    Messages() {
        setLevel(Level.ALL);
        logger.addHandler(this);
        OF_THE_TEST.set(this);
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void publish(LogRecord entry) {
        if (OF_THE_TEST.get() == this) {
            texts.add(entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        OF_THE_TEST.remove();
    }
}
