package changelogs.review;

/** The review cannot begin, or cannot be completed; the message says why. */
final class CannotCompare extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotCompare(String message) {
        super(message);
    }

    CannotCompare(String message, Throwable cause) {
        super(message, cause);
    }
}
