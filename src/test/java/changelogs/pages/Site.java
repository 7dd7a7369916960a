package changelogs.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Locations of the pages of a system, and links between them. */
final class Site {

    static final String INDEX = "index.md";
    static final String ACCESS = "access.md";
    static final String TABLES = "tables";
    static final String TOPICS = "topics";

    private final Path root;
    private final Set<String> relations;

    /** Takes the relations that have a page. */
    Site(String system, Set<String> relations) {
        this.root = Path.of("ops", system);
        this.relations = new LinkedHashSet<>(relations);
    }

    boolean has(String relation) {
        return relations.contains(relation);
    }

    static String page(String relation) {
        return TABLES + "/" + shortened(relation).replace("\"", "") + ".md";
    }

    static String page(Origins.Topic topic) {
        return TOPICS + "/" + topic.name() + ".md";
    }

    /** The name without schema public. */
    static String shortened(String relation) {
        return relation.startsWith("public.") ? relation.substring("public.".length()) : relation;
    }

    /** The name of a relation, as a link if it has a page. */
    String relation(String from, String relation) {
        String name = "`" + relation + "`";
        return has(relation) ? link(from, name, root.resolve(page(relation))) : name;
    }

    /** Link to the part of the index for a migration. */
    String topic(String from, Origins.Topic topic) {
        return link(from, topic.name(), root.resolve(INDEX + "#" + topic.name()));
    }

    /** Link to a page or file of the system. */
    String page(String from, String text, String page) {
        return link(from, text, root.resolve(page));
    }

    /** Link to a file of the changelog, named by its path in the migration. */
    String file(String from, Origins.Origin origin) {
        return file(from, origin.topic(), origin.file());
    }

    String file(String from, Origins.Topic topic, Path file) {
        Path folder = topic.folder();
        return link(from, (file.startsWith(folder) ? folder.relativize(file) : Path.of("changelog").relativize(file)).toString(), file);
    }

    /** Whether a manually written page of this name exists. */
    boolean isWritten(String page) {
        return Files.exists(root.resolve(page));
    }

    private String link(String from, String text, Path target) {
        Path page = root.resolve(from);
        return "[" + text + "](" + page.getParent().relativize(target).toString().replace('\\', '/') + ")";
    }
}
