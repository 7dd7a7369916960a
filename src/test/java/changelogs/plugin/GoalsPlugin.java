package changelogs.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The Maven plugin with the goals of Liquibase and {@code rollbackCount}: an edited descriptor of the official plugin in a jar without
 * classes. Its only dependency is the official plugin, which contains the classes.
 *
 * <p>It is in a Maven repository inside the project. Its version ends in a digest of its two files, because Maven never reads a version
 * twice.
 *
 * @param liquibase the version of the official plugin
 * @param descriptor META-INF/maven/plugin.xml
 */
record GoalsPlugin(String liquibase, String descriptor) {

    static final String PROPERTY = "liquibase-goals.version";

    private static final Path FOLDER = Path.of(".mvn", "repository", "changelogs", "liquibase-maven-plugin");
    private static final String OFFICIAL = "META-INF/maven/org.liquibase/liquibase-maven-plugin/pom.properties";
    private static final String DESCRIPTOR = "META-INF/maven/plugin.xml";
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final String DIGEST = "DIGEST";

    /** Builds the plugin from the official plugin, which is a test dependency. */
    static GoalsPlugin ofOfficial() throws IOException {
        Properties official = new Properties();
        official.load(new StringReader(resource(OFFICIAL)));
        String version = official.getProperty("version");
        GoalsPlugin plugin = new GoalsPlugin(version, edited(resource(DESCRIPTOR), version));
        return new GoalsPlugin(version, plugin.descriptor.replace(DIGEST, digest(plugin.descriptor + plugin.pom())));
    }

    private static String edited(String official, String version) {
        String named = replaced(official, "<groupId>org.liquibase</groupId>", "<groupId>changelogs</groupId>");
        String versioned = replaced(named, "<version>" + version + "</version>", "<version>" + version + "-" + DIGEST + "</version>");
        String rollback = goal(versioned, "rollback");
        String counting = replaced(replaced(rollback, "<goal>rollback</goal>", "<goal>rollbackCount</goal>"),
                "default-value=\"-1\">${liquibase.rollbackCount}", "default-value=\"${liquibase.count}\">${liquibase.rollbackCount}")
                .replaceFirst("(?s)<description>.*?</description>",
                        "<description>Takes back the last changeset, or as many as liquibase.rollbackCount or liquibase.count says.</description>");
        String all = replaced(versioned, rollback, rollback + counting);
        all = writingTo("update.sql", "updateSQL", all);
        all = writingTo("rollback.sql", "rollbackSQL", all);
        all = writingTo("future-rollback.sql", "futureRollbackSQL", all);
        all = writingTo("changelog-sync.sql", "changelogSyncSQL", all);
        return writingTo("changelog-sync.sql", "changelogSyncToTagSQL", all);
    }

    /** Gives a goal its own SQL file; the official plugin writes the SQL of every goal to the same file. */
    private static String writingTo(String file, String goal, String descriptor) {
        String old = goal(descriptor, goal);
        return replaced(descriptor, old, replaced(old, "/liquibase/migrate.sql", "/liquibase/" + file));
    }

    private static String goal(String descriptor, String name) {
        Matcher mojos = Pattern.compile("(?s)    <mojo>\\s+<goal>" + name + "</goal>.*?</mojo>\n").matcher(descriptor);
        if (!mojos.find()) {
            throw new IllegalStateException("The official plugin has no goal " + name + ".");
        }
        return mojos.group();
    }

    /** Replaces the first occurrence; fails if there is none. */
    private static String replaced(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalStateException("The official plugin's descriptor has no " + old.lines().findFirst().orElse(old) + ".");
        }
        return text.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(replacement));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format("%064x", new BigInteger(1, digest)).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GoalsPlugin.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    /** The plugin of this version in the repository; null if absent. */
    static GoalsPlugin inRepository(String version) throws IOException {
        Path jar = jar(version);
        if (!Files.exists(jar)) {
            return null;
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            ZipEntry entry = zip.getNextEntry();
            String text = entry.getName().equals(DESCRIPTOR) ? new String(zip.readAllBytes(), StandardCharsets.UTF_8) : "";
            return new GoalsPlugin(version.substring(0, version.lastIndexOf('-')), zip.getNextEntry() == null ? text : "");
        }
    }

    String version() {
        return descriptor.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    }

    /** The Maven project of the plugin. */
    String pom() {
        return """
                <project>
                    <modelVersion>4.0.0</modelVersion>
                    <groupId>changelogs</groupId>
                    <artifactId>liquibase-maven-plugin</artifactId>
                    <version>%s</version>
                    <packaging>maven-plugin</packaging>
                    <licenses>
                        <license>
                            <name>FSL-1.1-ALv2</name>
                            <url>https://fsl.software/FSL-1.1-ALv2.template.md</url>
                        </license>
                    </licenses>
                    <dependencies>
                        <dependency>
                            <groupId>org.liquibase</groupId>
                            <artifactId>liquibase-maven-plugin</artifactId>
                            <version>%s</version>
                        </dependency>
                    </dependencies>
                </project>
                """.formatted(version(), liquibase);
    }

    static Path pom(String version) {
        return file(version, "pom");
    }

    private static Path jar(String version) {
        return file(version, "jar");
    }

    private static Path file(String version, String type) {
        return FOLDER.resolve(version).resolve("liquibase-maven-plugin-" + version + "." + type);
    }

    /** Writes the plugin to the repository, replacing the existing one. */
    void write() throws IOException {
        if (Files.exists(FOLDER)) {
            try (Stream<Path> earlier = Files.walk(FOLDER)) {
                for (Path file : earlier.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(jar(version()).getParent());
        Files.writeString(pom(version()), pom());
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(DESCRIPTOR);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            zip.write(descriptor.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(jar(version()), bytes.toByteArray());
    }
}
