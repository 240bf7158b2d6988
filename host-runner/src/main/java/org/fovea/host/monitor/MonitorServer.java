package org.fovea.host.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Bytes;

/**
 * Serves the page to browsers of this machine and nobody else: it listens at 127.0.0.1, and takes
 * only requests that name it so, since any web site could have a name that leads here. It reads,
 * and changes nothing.
 */
public final class MonitorServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  private static final Map<String, Content> FILES =
      Map.of(
          "/", Content.of("monitor.html", "text/html; charset=utf-8"),
          "/monitor.js", Content.of("monitor.js", "text/javascript; charset=utf-8"),
          "/monitor.css", Content.of("monitor.css", "text/css; charset=utf-8"));

  private final HttpServer server;
  private final ExecutorService threads;
  private final MonitorState state;

  /** A body and its media type. */
  private record Content(Bytes body, String type) {
    static Content of(String resource, String type) {
      try (InputStream in = MonitorServer.class.getResourceAsStream(resource)) {
        return new Content(Bytes.of(in.readAllBytes()), type);
      } catch (IOException e) {
        throw new UncheckedIOException(resource, e);
      }
    }
  }

  private MonitorServer(HttpServer server, MonitorState state) {
    this.server = server;
    this.state = state;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "fovea-monitor");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param port 0: any that is free
   * @throws LinkFailed when another program has the port
   */
  public static MonitorServer start(int port, MonitorState state) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new MonitorServer(HttpServer.create(new InetSocketAddress(here, port), 0), state);
    } catch (IOException e) {
      throw new LinkFailed(
          "127.0.0.1:" + port,
          "cannot be served: " + e.getMessage(),
          "Another program has this port, or it is not this user's to take",
          "Name another one, or --http 0 for any that is free");
    }
  }

  /** What a browser opens. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (!isHere(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 403, text("This page is for browsers of the machine that it runs on.\n"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, text("Only GET.\n"));
      } else {
        Optional<Content> content = content(exchange.getRequestURI().getPath());
        send(exchange, content.isPresent() ? 200 : 404, content.orElse(text("Nothing here.\n")));
      }
    }
  }

  private boolean isHere(String host) {
    int port = server.getAddress().getPort();
    return host != null && (host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port));
  }

  private Optional<Content> content(String path) {
    if ("/state.json".equals(path)) {
      byte[] json = state.json().toString().getBytes(StandardCharsets.UTF_8);
      return Optional.of(new Content(Bytes.of(json), "application/json"));
    }
    if ("/frame.jpg".equals(path)) {
      byte[] jpeg = state.picture();
      return jpeg.length == 0
          ? Optional.empty()
          : Optional.of(new Content(Bytes.of(jpeg), "image/jpeg"));
    }
    return Optional.ofNullable(FILES.get(path));
  }

  private static Content text(String text) {
    return new Content(
        Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "text/plain; charset=utf-8");
  }

  private static void send(HttpExchange exchange, int status, Content content) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", content.type());
    exchange.sendResponseHeaders(status, content.body().length());
    exchange.getResponseBody().write(content.body().toArray());
  }
}
