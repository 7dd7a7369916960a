package changelogs.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.Scope;
import liquibase.change.AddColumnConfig;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.ColumnConfig;
import liquibase.change.ConstraintsConfig;
import liquibase.change.core.LoadDataColumnConfig;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.precondition.Precondition;
import liquibase.precondition.PreconditionFactory;
import liquibase.precondition.core.PreconditionContainer;

/** Finds keys that Liquibase would silently ignore. */
final class LiquibaseKeys {

    private static final Set<String> FILE = Set.of("logicalFilePath", "property", "preConditions", "include", "includeAll", "changeSet");
    private static final Set<String> PROPERTY = Set.of("name", "value", "global", "context", "labels", "dbms", "file");
    private static final Set<String> INCLUDE = Set.of("file", "relativeToChangelogFile", "errorIfMissing", "context", "contextFilter",
            "labels");
    private static final Set<String> INDEX_COLUMN = Set.of("name", "computed", "descending");
    private static final Set<String> NESTING = Set.of("and", "or", "not");

    /** Keys of changesets, including those that the parser accepts but the class does not list. */
    private static final Set<String> CHANGESET = with(new ChangeSet(new DatabaseChangeLog()).getSerializableFields(),
            "preConditions", "context", "validCheckSum", "onValidationFail", "modifySql", "runWith", "runWithSpoolFile");
    private static final Set<String> CONDITIONS = with(new PreconditionContainer().getSerializableFields());
    private static final Set<String> COLUMN = with(new ColumnConfig().getSerializableFields());
    private static final Set<String> ADDED_COLUMN = with(new AddColumnConfig().getSerializableFields());
    private static final Set<String> LOADED_COLUMN = with(new LoadDataColumnConfig().getSerializableFields());
    /** Keys of constraints, without the check constraint, which Liquibase reads but never creates. */
    private static final Set<String> CONSTRAINTS = without(new ConstraintsConfig().getSerializableFields(), "checkConstraint");

    private final List<Yaml> found = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private LiquibaseKeys() {
    }

    /** The unknown keys, each with its position and name. */
    static List<String> unknown(Source.File file) {
        LiquibaseKeys keys = new LiquibaseKeys();
        keys.only(Set.of("databaseChangeLog"), file.root());
        file.root().get("databaseChangeLog").items().forEach(keys::entry);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < keys.found.size(); i++) {
            places.add(file.at(keys.found.get(i)) + ": " + keys.names.get(i));
        }
        return places;
    }

    private void entry(Yaml entry) {
        only(FILE, entry);
        only(PROPERTY, entry.get("property"));
        only(INCLUDE, entry.get("include"));
        conditions(entry.get("preConditions"));
        Yaml changeset = entry.get("changeSet");
        only(CHANGESET, changeset);
        conditions(changeset.get("preConditions"));
        changeset.get("changes").items().forEach(this::change);
        changeset.get("rollback").items().forEach(this::change);
    }

    private void change(Yaml item) {
        for (String type : item.keys()) {
            Yaml body = item.get(type);
            Change change = Scope.getCurrentScope().getSingleton(ChangeFactory.class).create(type);
            if (change == null) {
                unknown(item, type);
                continue;
            }
            only(change.getSerializableFields(), body);
            for (Yaml column : body.get("columns").items()) {
                only(Set.of("column"), column);
                only(column(type), column.get("column"));
                only(CONSTRAINTS, column.get("column").get("constraints"));
            }
        }
    }

    private static Set<String> column(String type) {
        return switch (type) {
            case "addColumn" -> ADDED_COLUMN;
            case "createIndex" -> INDEX_COLUMN;
            case "loadData", "loadUpdateData" -> LOADED_COLUMN;
            default -> COLUMN;
        };
    }

    private void conditions(Yaml conditions) {
        for (Yaml item : conditions.isMapping() ? List.of(conditions) : conditions.items()) {
            for (String key : item.keys()) {
                Precondition condition = PreconditionFactory.getInstance().create(key);
                if (NESTING.contains(key)) {
                    conditions(item.get(key));
                } else if (condition != null) {
                    only(condition.getSerializableFields(), item.get(key));
                } else if (!CONDITIONS.contains(key)) {
                    unknown(item, key);
                }
            }
        }
    }

    private void only(Set<String> allowed, Yaml mapping) {
        mapping.keys().stream().filter(key -> !allowed.contains(key)).forEach(key -> unknown(mapping, key));
    }

    private void unknown(Yaml mapping, String key) {
        found.add(mapping.get(key).exists() ? mapping.get(key) : mapping);
        names.add(key);
    }

    private static Set<String> with(Set<String> fields, String... more) {
        Set<String> all = new HashSet<>(fields);
        all.addAll(List.of(more));
        return all;
    }

    private static Set<String> without(Set<String> fields, String... less) {
        Set<String> all = new HashSet<>(fields);
        List.of(less).forEach(all::remove);
        return all;
    }
}
