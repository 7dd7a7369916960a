package changelogs.mutations;

/** Kinds of changes that a mutation makes to the schema. */
enum Kind {

    POLICY_DROPPED("policy dropped"),
    POLICY_WIDENED("policy widened to all rows"),
    CHECK_DROPPED("check dropped"),
    TRIGGER_DROPPED("trigger dropped"),
    FOREIGN_KEY_DROPPED("foreign key dropped"),
    UNIQUE_DROPPED("unique constraint or index dropped"),
    PRIVILEGE_REVOKED("privilege revoked"),
    COLUMNS_REVOKED("column privilege revoked"),
    COLUMNS_WIDENED("column privilege widened to all columns"),
    EXECUTE_REVOKED("execute revoked"),
    EXECUTE_WIDENED("execute widened to everyone"),
    CALLER_CHECK_OPENED("caller check opened");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
