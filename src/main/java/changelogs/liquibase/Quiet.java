package changelogs.liquibase;

import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.logging.LogService;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import liquibase.ui.ConsoleUIService;
import liquibase.ui.UIService;

/** Log and UI of Liquibase without the lines for each changeset; warnings, errors and other messages remain. */
final class Quiet {

    /** Prefixes of messages that the report replaces. */
    private static final String[] REPLACED = {"Running Changeset: ", "Rolling Back Changeset: ", "INFO: 0 changesets rolled back",
        "Database is up to date"};

    /** Prefix of the message at the end of an update, which also contains the number of changed rows. */
    private static final String SUCCESSFUL = "Liquibase: Update has been successful";

    private Quiet() {
    }

    static LogService log(Scope scope, Progress progress) {
        LogService loud = scope.get(Scope.Attr.logService, LogService.class);
        return new AbstractLogService() {

            @Override
            public int getPriority() {
                return PRIORITY_NOT_APPLICABLE;
            }

            @Override
            public Logger getLog(@SuppressWarnings("rawtypes") Class clazz) {
                Logger logger = loud.getLog(clazz);
                return new AbstractLogger() {

                    @Override
                    public void log(Level level, String message, Throwable e) {
                        if (level.intValue() > Level.INFO.intValue()) {
                            progress.clear();
                        }
                        if (level != Level.INFO) {
                            logger.log(level, message, e);
                        }
                    }
                };
            }
        };
    }

    /** UI of the scope for use inside a quiet scope, where its messages might otherwise go to the quiet log. */
    static UIService loud(Scope scope) {
        UIService ui = scope.getUI();
        Map<String, Object> log = Map.of(Scope.Attr.logService.name(), scope.get(Scope.Attr.logService, LogService.class));
        return new ConsoleUIService() {

            @Override
            public void sendMessage(String message) {
                in(log, () -> ui.sendMessage(message));
            }

            @Override
            public void sendErrorMessage(String message) {
                in(log, () -> ui.sendErrorMessage(message));
            }

            @Override
            public void sendErrorMessage(String message, Throwable exception) {
                in(log, () -> ui.sendErrorMessage(message, exception));
            }
        };
    }

    private static void in(Map<String, Object> scope, Runnable action) {
        try {
            Scope.child(scope, action::run);
        } catch (Exception e) {
            throw new UnexpectedLiquibaseException(e);
        }
    }

    static UIService ui(UIService loud, Progress progress, Runnable atTheEnd) {
        return new ConsoleUIService() {

            @Override
            public void sendMessage(String message) {
                if (message.startsWith(SUCCESSFUL)) {
                    atTheEnd.run();
                }
                if (Stream.of(REPLACED).noneMatch(message::startsWith)) {
                    progress.clear();
                    loud.sendMessage(message);
                }
            }

            @Override
            public void sendErrorMessage(String message) {
                progress.clear();
                loud.sendErrorMessage(message);
            }

            @Override
            public void sendErrorMessage(String message, Throwable exception) {
                progress.clear();
                loud.sendErrorMessage(message, exception);
            }
        };
    }
}
