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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy between Liquibase and the server that counts and delays round trips and can silently drop connections. */
public final class Wire implements AutoCloseable {

    private final Server server;
    private final Duration delay;
    private final ServerSocket listener;
    private final AtomicInteger trips = new AtomicInteger();
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    private volatile boolean dropsAllPackets;

    public Wire(Server server, Duration delay) {
        this.server = server;
        this.delay = delay;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** The server as clients see it. */
    public Server server() {
        return new Server("127.0.0.1", listener.getLocalPort());
    }

    public String url(String database) {
        return server().url(database);
    }

    /** Number of requests with a response since the proxy was created. */
    public int trips() {
        return trips.get();
    }

    /** Number of opened connections. */
    int connections() {
        return conversations.size();
    }

    /** Drops all packets from now on; connections stay open without a response. */
    void dropAllPackets() {
        dropsAllPackets = true;
    }

    /** Drops the packets of existing connections, like a router that has lost its state; new connections work. */
    void dropPacketsOfOpenConnections() {
        conversations.forEach(conversation -> conversation.dropsPackets = true);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket backend = new Socket(server.host(), server.port());
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
            Conversation conversation = new Conversation();
            conversations.add(conversation);
            start(() -> pump(client, backend, conversation::onRequest, conversation));
            start(() -> pump(backend, client, conversation::onResponse, conversation));
        }
    }

    private void pump(Socket from, Socket to, Runnable onData, Conversation conversation) throws IOException {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                onData.run();
                if (!dropsAllPackets && !conversation.dropsPackets) {
                    out.write(buffer, 0, read);
                }
            }
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The connection has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Conversation {

        private boolean awaitsResponse;
        private volatile boolean dropsPackets;

        synchronized void onRequest() {
            if (!awaitsResponse) {
                awaitsResponse = true;
                pause();
            }
        }

        synchronized void onResponse() {
            if (awaitsResponse) {
                awaitsResponse = false;
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
