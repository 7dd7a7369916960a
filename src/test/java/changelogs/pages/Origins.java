package changelogs.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Finds the file of a changelog that creates an object. It reads the files in the order in which Liquibase runs them, since the database
 * does not record the origin of its objects.
 */
final class Origins {

    /** A migration: its folder and the first sentence of its changelog. */
    record Topic(Path folder, String sentence) {

        /** Number and name, for example 0019-affiliates. */
        String name() {
            return folder.getFileName().toString();
        }
    }

    /**
     * A changeset that creates an object.
     *
     * @param file the SQL file that the changeset runs, else the file of the changeset
     * @param contextFilter empty if the changeset runs in every context
     * @param detail additional information from the statement, such as table or view, or the schedule of a job
     */
    record Origin(Topic topic, Path file, String changeset, String comment, String contextFilter, String detail) {
    }

    /** An object: its kind, its relation (empty if it belongs to none), and its name. */
    record Key(String kind, String relation, String name) {
    }

    private static final String NAME = "(?:\"[^\"]+\"|\\w+)";
    private static final String QUALIFIED = NAME + "\\." + NAME;
    /** Matches complete create statements, so that names inside other statements are ignored. */
    private static final Pattern STATEMENT = Pattern.compile("""
            \\b(?:
            create\\s+(?:or\\s+replace\\s+)?(?:
                (?<relation>(?:unlogged\\s+)?table|materialized\\s+view|view)\\s+(?:if\\s+not\\s+exists\\s+)?(?<relationName>Q)
                |(?:function|procedure)\\s+(?<function>Q)\\s*\\(
                |(?:constraint\\s+)?trigger\\s+(?<trigger>N)\\s[^;]*?\\son\\s+(?<triggerOn>Q)
                |policy\\s+(?<policy>N)\\s+on\\s+(?<policyOn>Q)
                |(?:unique\\s+)?index\\s+(?:concurrently\\s+)?(?:if\\s+not\\s+exists\\s+)?(?<index>N)\\s+on\\s+(?:only\\s+)?(?<indexOn>Q)
                |(?<type>type|domain)\\s+(?<typeName>Q)
                |schema\\s+(?:if\\s+not\\s+exists\\s+)?(?<schema>N)
            )
            |alter\\s+(?:table\\s+(?:only\\s+)?|(?:materialized\\s+)?view\\s+)(?<altered>Q)(?<alteration>[^;]*)
            |cron\\.schedule\\(\\s*'(?<job>[^']+)'\\s*,\\s*'(?<times>[^']+)'
            |insert\\s+into\\s+storage\\.buckets\\b[^;]*?\\bvalues\\s*\\(\\s*'(?<bucket>[^']+)'
            |drop\\s+(?:
                (?:table|view|materialized\\s+view)\\s+(?:if\\s+exists\\s+)?(?<droppedRelation>Q)
                |function\\s+(?:if\\s+exists\\s+)?(?<droppedFunction>Q)
                |trigger\\s+(?:if\\s+exists\\s+)?(?<droppedTrigger>N)\\s+on\\s+(?<droppedTriggerOn>Q)
                |policy\\s+(?:if\\s+exists\\s+)?(?<droppedPolicy>N)\\s+on\\s+(?<droppedPolicyOn>Q)
            )
            )
            """.replace("Q)", QUALIFIED + ")").replace("N)", NAME + ")"), Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);
    private static final Pattern ADDED = Pattern.compile("\\badd\\s+(?<kind>constraint|column)\\s+(?:if\\s+not\\s+exists\\s+)?(?<name>" + NAME + ")",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MOVED = Pattern.compile("\\bset\\s+schema\\s+(?<schema>" + NAME + ")", Pattern.CASE_INSENSITIVE);

    private final Map<Key, List<Origin>> origins = new LinkedHashMap<>();
    /** Dropped relations and functions: the changesets that created them, then the one that dropped them. */
    private final Map<Key, List<Origin>> dropped = new LinkedHashMap<>();
    /** Relations under the names that they had before they were moved to another schema. */
    private final Set<Key> moved = new LinkedHashSet<>();
    /** Text of each SQL change, for names that are built at run time. */
    private final Map<String, Origin> texts = new LinkedHashMap<>();
    private final List<Topic> topics = new ArrayList<>();
    private final Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));

    private Origins() {
    }

    static Origins of(String system) {
        Origins origins = new Origins();
        origins.read(Path.of("changelog", system, "changelog.yaml"), null, "");
        return origins;
    }

    /** The migrations, in order. */
    List<Topic> topics() {
        return topics;
    }

    /** Changesets that create or replace the object, in order. */
    List<Origin> of(String kind, String relation, String name) {
        List<Origin> found = origins.get(new Key(kind, relation, name));
        if (found == null) {
            found = texts.entrySet().stream().filter(text -> text.getKey().contains(relation) && text.getKey().contains("'" + name + "'"))
                    .map(Map.Entry::getValue).limit(1).toList();
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("No file of the changelog creates " + kind + " " + name + (relation.isEmpty() ? "" : " on " + relation)
                    + " with a statement that Origins recognizes. Extend Origins, so that the pages name the file of the object.");
        }
        return found;
    }

    /** The last changeset that creates or replaces the object, with its current definition. */
    Origin last(String kind, String relation, String name) {
        List<Origin> found = of(kind, relation, name);
        return found.get(found.size() - 1);
    }

    boolean exists(String kind, String relation, String name) {
        return origins.containsKey(new Key(kind, relation, name));
    }

    /** All objects of a kind, whether or not the local database has them. */
    Set<Key> all(String kind) {
        return origins.keySet().stream().filter(key -> key.kind().equals(kind)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Dropped relations and functions: the changesets that created them, then the one that dropped them. */
    Map<Key, List<Origin>> dropped() {
        return dropped;
    }

    /** Names of all objects of a kind, including dropped objects and the former names of moved relations. */
    Set<String> everyName(String kind) {
        return Stream.concat(Stream.concat(origins.keySet().stream(), dropped.keySet().stream()), moved.stream())
                .filter(key -> key.kind().equals(kind)).map(Key::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void read(Path file, Topic topic, String contextFilter) {
        Map<String, Object> root = yaml.load(text(file));
        for (Map<String, Object> entry : maps(root.get("databaseChangeLog"))) {
            Map<String, Object> include = map(entry.get("include"));
            Map<String, Object> changeset = map(entry.get("changeSet"));
            if (!include.isEmpty()) {
                Path included = beside(file, include);
                read(included, topic(topic, included), string(include, "contextFilter", contextFilter));
            } else if (!changeset.isEmpty() && topic != null) {
                Origin origin = new Origin(topic, file, string(changeset, "id", ""), string(changeset, "comment", ""),
                        string(changeset, "contextFilter", contextFilter), "");
                for (Map<String, Object> change : maps(changeset.get("changes"))) {
                    change.forEach((type, attributes) -> read(type, map(attributes), origin));
                }
            }
        }
    }

    /** A file that the main changelog includes from a subfolder starts a migration. */
    private Topic topic(Topic topic, Path included) {
        if (topic != null || !included.getParent().getFileName().toString().matches("\\d{4}-.*")) {
            return topic;
        }
        Topic made = new Topic(included.getParent(), sentence(included));
        topics.add(made);
        return made;
    }

    private static String sentence(Path file) {
        return text(file).lines().takeWhile(line -> line.startsWith("#")).map(line -> line.substring(1).strip()).collect(Collectors.joining(" "));
    }

    private void read(String type, Map<String, Object> change, Origin origin) {
        String table = string(change, "schemaName", "public") + "." + string(change, "tableName", "");
        String base = string(change, "baseTableSchemaName", "public") + "." + string(change, "baseTableName", "");
        switch (type) {
            case "createTable" -> {
                add("relation", "", table, detailed(origin, "table"));
                columns(change, table, origin);
            }
            case "addColumn" -> columns(change, table, origin);
            case "createIndex" -> add("index", table, string(change, "indexName", ""), origin);
            case "addUniqueConstraint", "addPrimaryKey" -> add("constraint", table, string(change, "constraintName", ""), origin);
            case "addForeignKeyConstraint" -> add("constraint", base, string(change, "constraintName", ""), origin);
            case "sql" -> statements(string(change, "sql", ""), origin);
            case "sqlFile" -> {
                Path file = Boolean.TRUE.equals(change.get("relativeToChangelogFile"))
                        ? beside(origin.file(), Map.of("file", string(change, "path", ""))) : Path.of(string(change, "path", ""));
                statements(text(file), new Origin(origin.topic(), file, origin.changeset(), origin.comment(), origin.contextFilter(), ""));
            }
            default -> {
                // Creates no object.
            }
        }
    }

    private void columns(Map<String, Object> change, String table, Origin origin) {
        for (Map<String, Object> item : maps(change.get("columns"))) {
            Map<String, Object> column = map(item.get("column"));
            Map<String, Object> constraints = map(column.get("constraints"));
            add("column", table, string(column, "name", ""), origin);
            for (String name : List.of("primaryKeyName", "uniqueConstraintName", "foreignKeyName")) {
                if (constraints.containsKey(name)) {
                    add("constraint", table, string(constraints, name, ""), origin);
                }
            }
        }
    }

    private void statements(String sql, Origin origin) {
        String code = sql.replaceAll("(?m)--.*$", "");
        texts.putIfAbsent(code, origin);
        Matcher statement = STATEMENT.matcher(code);
        while (statement.find()) {
            if (statement.group("relationName") != null) {
                add("relation", "", statement.group("relationName"), detailed(origin, statement.group("relation").toLowerCase(Locale.ROOT)));
            } else if (statement.group("function") != null) {
                add("function", "", statement.group("function"), origin);
            } else if (statement.group("trigger") != null) {
                add("trigger", statement.group("triggerOn"), statement.group("trigger"), origin);
            } else if (statement.group("policy") != null) {
                add("policy", statement.group("policyOn"), statement.group("policy"), origin);
            } else if (statement.group("index") != null) {
                add("index", statement.group("indexOn"), statement.group("index"), origin);
            } else if (statement.group("typeName") != null) {
                add("type", "", statement.group("typeName"), origin);
            } else if (statement.group("schema") != null) {
                add("schema", "", statement.group("schema"), origin);
            } else if (statement.group("altered") != null) {
                altered(statement.group("altered"), statement.group("alteration"), origin);
            } else if (statement.group("job") != null) {
                add("job", "", statement.group("job"), detailed(origin, statement.group("times")));
            } else if (statement.group("bucket") != null) {
                add("bucket", "", statement.group("bucket"), origin);
            } else if (statement.group("droppedRelation") != null) {
                String relation = statement.group("droppedRelation");
                drop(new Key("relation", "", relation), origin);
                origins.keySet().removeIf(key -> key.relation().equals(relation));
            } else if (statement.group("droppedFunction") != null) {
                drop(new Key("function", "", statement.group("droppedFunction")), origin);
            } else if (statement.group("droppedTrigger") != null) {
                origins.remove(new Key("trigger", statement.group("droppedTriggerOn"), bare(statement.group("droppedTrigger"))));
            } else if (statement.group("droppedPolicy") != null) {
                origins.remove(new Key("policy", statement.group("droppedPolicyOn"), bare(statement.group("droppedPolicy"))));
            }
        }
    }

    private void altered(String table, String alteration, Origin origin) {
        Matcher added = ADDED.matcher(alteration);
        while (added.find()) {
            add(added.group("kind").toLowerCase(Locale.ROOT), table, added.group("name"), origin);
        }
        Matcher moved = MOVED.matcher(alteration);
        if (moved.find()) {
            move(table, moved.group("schema") + table.substring(table.indexOf('.')), origin);
        }
    }

    /** Moves a relation with its constraints, indexes, policies and triggers. */
    private void move(String from, String to, Origin origin) {
        moved.add(new Key("relation", "", from));
        Map<Key, List<Origin>> before = new LinkedHashMap<>(origins);
        before.forEach((key, made) -> {
            if (key.relation().equals(from)) {
                origins.remove(key);
                origins.put(new Key(key.kind(), to, key.name()), made);
            } else if (key.kind().equals("relation") && key.name().equals(from)) {
                origins.remove(key);
                origins.put(new Key("relation", "", to), Stream.concat(made.stream(), Stream.of(detailed(origin, made.get(0).detail()))).toList());
            }
        });
    }

    private void drop(Key key, Origin origin) {
        List<Origin> made = origins.remove(key);
        if (made != null) {
            dropped.put(key, Stream.concat(made.stream(), Stream.of(origin)).toList());
        }
    }

    private void add(String kind, String relation, String name, Origin origin) {
        dropped.remove(new Key(kind, relation, name));
        List<Origin> made = origins.computeIfAbsent(new Key(kind, relation, bare(name)), key -> new ArrayList<>());
        if (made.isEmpty() || !made.get(made.size() - 1).file().equals(origin.file())) {
            made.add(origin);
        }
    }

    private static Origin detailed(Origin origin, String detail) {
        return new Origin(origin.topic(), origin.file(), origin.changeset(), origin.comment(), origin.contextFilter(), detail);
    }

    private static String bare(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }

    private static Path beside(Path file, Map<String, Object> include) {
        return file.resolveSibling(string(include, "file", "")).normalize();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String string(Map<String, Object> map, String key, String otherwise) {
        return map.containsKey(key) ? String.valueOf(map.get(key)) : otherwise;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node instanceof Map ? (Map<String, Object>) node : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object node) {
        return node instanceof List ? (List<Map<String, Object>>) node : List.of();
    }
}
