package changelogs.testing;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs a program of this machine. */
public final class Command {

    private final ProcessBuilder builder;
    private String input = "";

    /** Exit status and output of a command; {@code err} is empty if it was merged into {@code out}. */
    public record Result(int status, String out, String err) {
    }

    private Command(List<String> words) {
        builder = new ProcessBuilder(words);
    }

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(words);
    }

    /** Path of the program, which may have any of these names, in the first folder of PATH that contains it. */
    public static Optional<Path> find(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
    }

    /** A command that {@code npm ci} installs in the folder of the project; empty if it is not installed. */
    public static Optional<Path> ofNpm(String name) {
        Path file = Path.of("node_modules", ".bin", File.separatorChar == '\\' ? name + ".cmd" : name).toAbsolutePath();
        return Optional.of(file).filter(Files::exists);
    }

    public Command with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /** Removes environment variables whose names begin with the prefix. */
    public Command without(String prefix) {
        builder.environment().keySet().removeIf(name -> name.startsWith(prefix));
        return this;
    }

    public Command reading(String input) {
        this.input = input;
        return this;
    }

    /** Merges the error output into the output, in the order in which it is written. */
    public Command merged() {
        builder.redirectErrorStream(true);
        return this;
    }

    /** Starts the program without input; it writes its output to the file. */
    public Process start(Path out) {
        try {
            Process process = builder.redirectOutput(out.toFile()).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGKILL to a process and its child processes, so that they cannot clean up, and waits for their end. */
    public static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Runs the program and waits until it exits. */
    public Result run() {
        try {
            Process process = builder.start();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.errorReader(StandardCharsets.UTF_8)));
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String out = text(process.inputReader(StandardCharsets.UTF_8));
            return new Result(process.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Reader reader) {
        try (StringWriter text = new StringWriter()) {
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
