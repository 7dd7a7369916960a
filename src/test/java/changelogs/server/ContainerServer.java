package changelogs.server;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL server in a container that runs as long as this JVM. */
public final class ContainerServer {

    private static final int PORT = 5432;
    private static final Path DOCKER = Path.of("src", "test", "docker");

    private ContainerServer() {
    }

    /** Starts the given image, or the image of the repository's Dockerfile if the name is empty. */
    public static Server start(String image) {
        GenericContainer<?> container = image.isEmpty()
                ? new GenericContainer<>(ownImage())
                : new GenericContainer<>(DockerImageName.parse(image));
        container
                .withEnv("POSTGRES_PASSWORD", Server.PASSWORD)
                .withExposedPorts(PORT)
                .withCommand("postgres", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "autovacuum=off",
                        "-c", "max_connections=300", "-c", "max_locks_per_transaction=256")
                .waitingFor(new AcceptsLogins())
                .start();
        return server(container);
    }

    private static Future<String> ownImage() {
        return new ImageFromDockerfile("changelogs-postgres", false).withFileFromPath(".", DOCKER);
    }

    private static Server server(GenericContainer<?> container) {
        return new Server(container.getHost(), container.getMappedPort(PORT));
    }

    /** Waits until the server accepts logins; images that initialize themselves listen on external addresses only when ready. */
    private static final class AcceptsLogins extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            GenericContainer<?> container = (GenericContainer<?>) waitStrategyTarget;
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            SQLException last = null;
            while (System.nanoTime() < deadline) {
                try (var connection = server(container).connect("postgres", "postgres")) {
                    return;
                } catch (SQLException e) {
                    last = e;
                    pause();
                }
            }
            throw new ContainerLaunchException("PostgreSQL did not accept a login within a minute.\n" + container.getLogs(), last);
        }

        private static void pause() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ContainerLaunchException("Interrupted.", e);
            }
        }
    }
}
