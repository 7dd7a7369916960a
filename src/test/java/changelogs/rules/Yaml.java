package changelogs.rules;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML node with its position and style, including keys that Liquibase ignores. */
record Yaml(Node node) {

    private static final Yaml NONE = new Yaml(null);

    static Yaml parse(String text) {
        return new Yaml(new org.yaml.snakeyaml.Yaml(new LoaderOptions()).compose(new StringReader(text)));
    }

    boolean exists() {
        return node != null;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    List<String> keys() {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().map(entry -> ((ScalarNode) entry.getKeyNode()).getValue()).toList()
                : List.of();
    }

    Yaml get(String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals(key))
                        .map(entry -> new Yaml(entry.getValueNode())).findFirst().orElse(NONE)
                : NONE;
    }

    List<Yaml> items() {
        return node instanceof SequenceNode sequence ? sequence.getValue().stream().map(Yaml::new).toList() : List.of();
    }

    /** Value of a scalar; empty if absent. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    boolean is(String value) {
        return node instanceof ScalarNode && text().equals(value);
    }

    /** Whether the scalar is text, and not a number, date or boolean. */
    boolean isText() {
        return node instanceof ScalarNode && node.getTag().equals(org.yaml.snakeyaml.nodes.Tag.STR);
    }

    /** Line number, counted from 0. */
    int line() {
        return node.getStartMark().getLine();
    }

    /** Number of lines of the node; meant for nodes in braces. */
    int lines() {
        return node.getEndMark().getLine() - node.getStartMark().getLine() + 1;
    }

    int indent() {
        return node.getStartMark().getColumn();
    }

    Stream<Yaml> children() {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream().map(entry -> new Yaml(entry.getValueNode()));
        }
        return items().stream();
    }

    /** This node and all nodes below it. */
    Stream<Yaml> all() {
        List<Yaml> pieces = new ArrayList<>();
        collect(pieces);
        return pieces.stream();
    }

    private void collect(List<Yaml> pieces) {
        if (exists()) {
            pieces.add(this);
            children().forEach(child -> child.collect(pieces));
        }
    }

    /** All values of the key at any depth. */
    Stream<Yaml> all(String key) {
        return all().map(piece -> piece.get(key)).filter(Yaml::exists);
    }
}
