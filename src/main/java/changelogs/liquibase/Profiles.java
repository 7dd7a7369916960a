package changelogs.liquibase;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import liquibase.exception.DatabaseException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Profiles of a Maven run. Maven only warns about an unknown profile and continues without it: with {@code staging} misspelled, on the
 * local database; with two environments, on one of them.
 */
final class Profiles {

    /** Properties that only the profiles of systems and of environments set. */
    private static final String SYSTEM = "system";
    private static final String ENVIRONMENT = "liquibase.contexts";

    private final List<Selector> selectors;
    private final List<Definition> pom;
    private final List<Definition> settings;
    private final Map<String, String> defaults;
    private final Set<String> active = new LinkedHashSet<>();

    private record Selector(String id, boolean activates, boolean optional) {

        /** Parses a profile as Maven does: {@code x} and {@code +x} activate, {@code !x} and {@code -x} deactivate, and {@code ?x} may be missing. */
        static Selector of(String text) {
            boolean activates = !text.matches("\\??[!-].*");
            return new Selector(text.replaceFirst("^\\??[!+-]?\\??", ""), activates, text.matches("[!+-]?\\?.*"));
        }
    }

    private record Definition(String id, Set<String> properties) {
    }

    private Profiles(MavenArguments arguments, List<Definition> pom, List<Definition> settings, List<String> always, Map<String, String> defaults) {
        this.selectors = arguments.values("-P", "--activate-profiles").stream().flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip).filter(text -> !text.isEmpty()).map(Selector::of).toList();
        this.pom = pom;
        this.settings = settings;
        this.defaults = defaults;
        active.addAll(always);
        selectors.stream().filter(Selector::activates).map(Selector::id).forEach(active::add);
        selectors.stream().filter(selector -> !selector.activates()).map(Selector::id).forEach(active::remove);
    }

    /** Profiles of the current Maven run; empty if the pom is not beside the folder of this class. */
    static Optional<Profiles> current() {
        Path pom = project().resolve("pom.xml");
        MavenArguments arguments = MavenArguments.current();
        return Files.exists(pom) ? Optional.of(read(arguments, pom, settings(arguments))) : Optional.empty();
    }

    static Profiles read(MavenArguments arguments, Path pom, List<Path> settings) {
        Element project = root(pom);
        Map<String, String> defaults = new HashMap<>();
        children(project, "properties").flatMap(list -> children(list, null)).forEach(property -> defaults.put(property.getTagName(), text(property)));
        List<Element> others = settings.stream().filter(Files::exists).map(Profiles::root).toList();
        List<String> always = others.stream().flatMap(root -> children(root, "activeProfiles")).flatMap(list -> children(list, "activeProfile"))
                .map(Profiles::text).toList();
        return new Profiles(arguments, definitions(project), others.stream().map(Profiles::definitions).flatMap(List::stream).toList(), always, defaults);
    }

    /** Folder that contains {@code target/classes}. */
    private static Path project() {
        try {
            return Path.of(Profiles.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> settings(MavenArguments arguments) {
        String installed = System.getProperty("maven.home", "") + "/conf/settings.xml";
        return List.of(Path.of(last(arguments.values("-s", "--settings"), System.getProperty("user.home") + "/.m2/settings.xml")),
                Path.of(last(arguments.values("-gs", "--global-settings"), installed)),
                Path.of(last(arguments.values("-is", "--install-settings"), installed)));
    }

    private static String last(List<String> values, String otherwise) {
        return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }

    /** The system of the named profile, by default that of the pom; the same for the environment. */
    String system() {
        return active(SYSTEM).stream().findFirst().orElse(defaults.get(SYSTEM));
    }

    String environment() {
        return active(ENVIRONMENT).stream().findFirst().orElse(defaults.get(ENVIRONMENT));
    }

    private List<String> active(String property) {
        return defined(property).stream().filter(active::contains).toList();
    }

    /** Rejects unknown profiles, two systems and two environments. */
    void check() throws DatabaseException {
        Set<String> known = new TreeSet<>();
        Stream.of(pom, settings).flatMap(List::stream).map(Definition::id).forEach(known::add);
        List<String> unknown = selectors.stream().filter(selector -> !selector.optional()).map(Selector::id)
                .filter(id -> !known.contains(id)).distinct().toList();
        if (!unknown.isEmpty()) {
            throw new DatabaseException((unknown.size() == 1 ? "There is no profile " : "There are no profiles ") + Environment.list(unknown)
                    + " in pom.xml or settings.xml. Nothing was run. Systems are "
                    + Environment.list(defined(SYSTEM)) + "; environments are " + Environment.list(defined(ENVIRONMENT)));
        }
        refuseTwo(active(SYSTEM), "systems", "system");
        refuseTwo(active(ENVIRONMENT), "environments", "environment");
    }

    private List<String> defined(String property) {
        return pom.stream().filter(profile -> profile.properties().contains(property)).map(Definition::id).toList();
    }

    private static void refuseTwo(List<String> named, String kinds, String kind) throws DatabaseException {
        if (named.size() > 1) {
            throw new DatabaseException("The profiles " + Environment.list(named) + " are " + named.size() + " " + kinds
                    + ", but a run has only one database. Nothing was run. Name one " + kind);
        }
    }

    private static List<Definition> definitions(Element root) {
        return children(root, "profiles").flatMap(list -> children(list, "profile")).map(Profiles::definition).toList();
    }

    private static Element root(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Could not read the profiles in " + file + ": " + e.getMessage(), e);
        }
    }

    private static Definition definition(Element profile) {
        String id = children(profile, "id").map(Profiles::text).findFirst().orElse("default");
        return new Definition(id, children(profile, "properties").flatMap(list -> children(list, null)).map(Element::getTagName)
                .collect(Collectors.toSet()));
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    /** Child elements with this name; all child elements if the name is null. */
    private static Stream<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength()).mapToObj(parent.getChildNodes()::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && (name == null || node.getNodeName().equals(name)))
                .map(Element.class::cast);
    }
}
