package changelogs.pages;

import static changelogs.pages.Markdown.cell;
import static changelogs.pages.Markdown.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Generates index.md, which lists all objects by migration, and topics/&lt;migration&gt;.md with the tables of a migration and a diagram.
 */
final class IndexPage {

    private static final String BUCKETS = "storage-buckets.md";

    private final Schema schema;
    private final Origins origins;
    private final Site site;
    /** Lines of the index: kind, name, file, page and purpose. */
    private final Map<Origins.Topic, List<List<String>>> lines = new LinkedHashMap<>();
    private final Map<Origins.Topic, List<Schema.Row>> tables = new LinkedHashMap<>();

    IndexPage(Schema schema, Origins origins, Site site) {
        this.schema = schema;
        this.origins = origins;
        this.site = site;
        origins.topics().forEach(topic -> lines.put(topic, new ArrayList<>()));
        relations();
        functions();
        parts();
        others();
        dropped();
    }

    /** Text of index.md. */
    String write(String system) {
        Markdown page = new Markdown();
        page.comment(GeneratedPagesTest.NOTICE);
        page.heading(1, "Index of " + system);
        page.paragraph("Every object that the changelog creates, with the file that creates it and the page that describes it. To find a table or function, search"
                + " this page; to find a column, constraint or index, search the folder, because they are on the pages of their tables."
                + " An object that a later migration replaces is listed under that migration.");
        lines.forEach((topic, rows) -> {
            page.heading(2, topic.name());
            page.paragraph(topic.sentence() + " Its files in the order in which they run: " + site.file(Site.INDEX, topic, topic.folder().resolve("changelog.yaml")) + "."
                    + (hasDiagram(topic) ? " Diagram: " + site.page(Site.INDEX, "tables and keys", Site.page(topic)) + "." : ""));
            page.table(List.of("object", "file", "page", ""), rows);
        });
        return page.toString();
    }

    /** Pages by name, one for each migration with several tables; the diagram of a single table is on its own page. */
    Map<String, String> topics() {
        Map<String, String> pages = new LinkedHashMap<>();
        origins.topics().stream().filter(this::hasDiagram).forEach(topic -> pages.put(Site.page(topic), topic(topic)));
        return pages;
    }

    private boolean hasDiagram(Origins.Topic topic) {
        return tables.getOrDefault(topic, List.of()).stream().filter(relation -> relation.is("kind", "table")).count() > 1;
    }

    private String topic(Origins.Topic topic) {
        String path = Site.page(topic);
        List<Schema.Row> relations = tables.getOrDefault(topic, List.of());
        Markdown page = new Markdown();
        page.comment(GeneratedPagesTest.NOTICE);
        page.heading(1, topic.name());
        page.paragraph(topic.sentence());
        Diagram diagram = new Diagram(schema);
        List<String> names = relations.stream().map(Schema.Row::name).filter(schema::isTable).toList();
        names.forEach(diagram::table);
        names.forEach(name -> schema.constraints(name, "f").forEach(diagram::key));
        page.paragraph(diagram.toString());
        page.table(List.of("table or view", "content"), relations.stream()
                .map(relation -> List.of(site.relation(path, relation.name()), cell(relation.get("comment")))).toList());
        page.paragraph("Functions, triggers, policies and jobs with their files: " + site.page(path, "index", Site.INDEX + "#" + topic.name()) + ".");
        return page.toString();
    }

    private void relations() {
        List<Schema.Row> sorted = schema.relations.stream()
                .sorted(Comparator.comparing(relation -> List.of("table", "view", "materialized view").indexOf(relation.get("kind")))).toList();
        for (Schema.Row relation : sorted) {
            Origins.Origin origin = origins.last("relation", "", relation.name());
            tables.computeIfAbsent(origin.topic(), topic -> new ArrayList<>()).add(relation);
            add("relation", "", relation.name(), relation.get("kind") + " " + code(relation.name()), page(relation.name()), sentence(relation.get("comment")));
        }
        schema.touched().stream().filter(table -> !schema.columns(table).isEmpty()).forEach(table -> {
            Schema.Row first = schema.columns(table).get(0);
            lines.get(origins.last("column", table, first.name()).topic()).add(line("columns of " + code(table),
                    origins.last("column", table, first.name()), page(table), "columns that the changelog adds to a table of the product"));
        });
        for (Origins.Key key : origins.all("relation")) {
            if (schema.relation(key.name()) == null) {
                add("relation", "", key.name(), origins.last("relation", "", key.name()).detail() + " " + code(key.name()), "", missing(key));
            }
        }
    }

    private void functions() {
        Map<String, Long> overloads = schema.functions.stream().collect(Collectors.groupingBy(Schema.Row::name, Collectors.counting()));
        for (Schema.Row function : schema.functions) {
            String name = function.name() + (overloads.get(function.name()) > 1 ? "(" + function.get("arguments") + ")" : "()");
            add("function", "", function.name(), "function " + code(name), site.page(Site.INDEX, "access", Site.ACCESS + "#functions"),
                    sentence(function.get("comment")));
        }
        for (Origins.Key key : origins.all("function")) {
            if (!overloads.containsKey(key.name())) {
                add("function", "", key.name(), "function " + code(key.name() + "()"), "", missing(key));
            }
        }
    }

    private void parts() {
        List<String> relations = new ArrayList<>(schema.relations.stream().map(Schema.Row::name).toList());
        relations.addAll(schema.touched());
        for (String relation : relations) {
            for (Schema.Row trigger : schema.triggers(relation)) {
                add("trigger", relation, trigger.name(), "trigger " + code(trigger.name()) + " on " + code(relation), page(relation),
                        "runs " + code(trigger.get("function")));
            }
        }
        for (String relation : relations) {
            for (Schema.Row policy : schema.policies(relation)) {
                add("policy", relation, policy.name(), "policy " + code(policy.name()) + " on " + code(relation), page(relation),
                        policy.get("command") + ", " + policy.get("roles").replace("{", "").replace("}", ""));
            }
        }
        for (String kind : List.of("trigger", "policy")) {
            for (Origins.Key key : origins.all(kind)) {
                if ((kind.equals("trigger") ? schema.triggers(key.relation()) : schema.policies(key.relation())).stream()
                        .noneMatch(row -> row.is("name", key.name()))) {
                    add(kind, key.relation(), key.name(), kind + " " + code(key.name()) + " on " + code(key.relation()), page(key.relation()), missing(key));
                }
            }
        }
    }

    private void others() {
        for (Schema.Row type : schema.types) {
            add("type", "", type.name(), "type " + code(type.name()), "", sentence(type.get("comment")));
        }
        for (Schema.Row made : schema.schemas) {
            add("schema", "", made.name(), "schema " + code(made.name()), "", sentence(made.get("comment")));
        }
        for (Origins.Key job : origins.all("job")) {
            add("job", "", job.name(), "job " + code(job.name()), site.page(Site.INDEX, "runbook", "README.md"),
                    code(origins.last("job", "", job.name()).detail()) + " (UTC), if `pg_cron` is installed");
        }
        for (Origins.Key bucket : origins.all("bucket")) {
            add("bucket", "", bucket.name(), "bucket " + code(bucket.name()),
                    site.isWritten(BUCKETS) ? site.page(Site.INDEX, "storage-buckets", BUCKETS) : "", "");
        }
    }

    /** Lists dropped objects, so that a name from an older release can be found. */
    private void dropped() {
        origins.dropped().forEach((key, made) -> {
            Origins.Origin creator = made.get(made.size() - 2);
            Origins.Origin end = made.get(made.size() - 1);
            String object = key.kind().equals("function") ? "function " + code(key.name() + "()") : creator.detail() + " " + code(key.name());
            lines.get(creator.topic()).add(line(object, creator, "", "dropped by " + end.topic().name().substring(0, 4) + " " + site.file(Site.INDEX, end)));
        });
    }

    private void add(String kind, String relation, String name, String object, String page, String meaning) {
        Origins.Origin origin = origins.last(kind, relation, name);
        Origins.Origin first = origins.of(kind, relation, name).get(0);
        String replaces = first.file().equals(origin.file()) ? "" : " Replaces " + first.topic().name().substring(0, 4) + " "
                + site.file(Site.INDEX, first) + ".";
        lines.get(origin.topic()).add(line(object, origin, page, meaning + replaces));
    }

    private List<String> line(String object, Origins.Origin origin, String page, String meaning) {
        return List.of(object, site.file(Site.INDEX, origin), page, meaning.strip());
    }

    private String page(String relation) {
        return site.has(relation) ? site.page(Site.INDEX, Path.of(Site.page(relation)).getFileName().toString().replaceFirst("\\.md$", ""), Site.page(relation)) : "";
    }

    /** The reason why an object is missing: pages are generated without extensions, in the context local. */
    private String missing(Origins.Key key) {
        String contexts = origins.last(key.kind(), key.relation(), key.name()).contextFilter();
        return contexts.isEmpty() ? "exists only where its extension is installed" : "exists only with the context `" + contexts + "`";
    }

    private static String sentence(String comment) {
        String text = cell(comment);
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
