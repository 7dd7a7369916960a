package changelogs.liquibase;

import changelogs.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between Liquibase and the server that counts round trips, and takes its time for each. */
final class Wire implements AutoCloseable {

    private final Server server;
    private final Duration delay;
    private final ServerSocket door;
    private final AtomicInteger trips = new AtomicInteger();

    Wire(Server server, Duration delay) {
        this.server = server;
        this.delay = delay;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String url(String database) {
        return new Server("127.0.0.1", door.getLocalPort()).url(database);
    }

    /** The client spoke, and the server answered: so often since the wire was made. */
    int trips() {
        return trips.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket backend = new Socket(server.host(), server.port());
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
            Conversation conversation = new Conversation();
            start(() -> pump(client, backend, conversation::clientSpeaks));
            start(() -> pump(backend, client, conversation::serverSpeaks));
        }
    }

    private static void pump(Socket from, Socket to, Runnable speaks) throws IOException {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                speaks.run();
                out.write(buffer, 0, read);
            }
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The connection is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Conversation {

        private boolean clientSpoke;

        synchronized void clientSpeaks() {
            if (!clientSpoke) {
                clientSpoke = true;
                pause();
            }
        }

        synchronized void serverSpeaks() {
            if (clientSpoke) {
                clientSpoke = false;
                trips.incrementAndGet();
            }
        }

        private void pause() {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
