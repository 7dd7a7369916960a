package changelogs.liquibase;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Messages that Liquibase prints in the test's own runs, until closed; other tests may run at the same time. */
final class Messages extends Handler {

    /** Threads that a test starts inherit this value. */
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
        // Nothing is buffered.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        OF_THE_TEST.remove();
    }
}
