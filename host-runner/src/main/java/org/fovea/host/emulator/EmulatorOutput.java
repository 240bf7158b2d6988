package org.fovea.host.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What QEMU prints: drained to its end, the last lines kept, the line's name picked out. */
final class EmulatorOutput {
  private static final int MAX_LINES = 20;
  private static final int MAX_LINE = 400;
  private static final Pattern PTY =
      Pattern.compile("char device redirected to (/dev/[A-Za-z0-9/_.-]{1,60}) \\(label serial0\\)");
  private static final Pattern TCP =
      Pattern.compile("detector: listening on (127\\.0\\.0\\.1:[0-9]{1,5})");

  private final Deque<String> lines = new ArrayDeque<>();
  private final CompletableFuture<Optional<String>> port = new CompletableFuture<>();

  private EmulatorOutput() {}

  static EmulatorOutput of(Process process) {
    EmulatorOutput output = new EmulatorOutput();
    Thread thread = new Thread(() -> output.drain(process), "fovea-emulator-output");
    thread.setDaemon(true);
    thread.start();
    return output;
  }

  /** Empty when the output ended or the time was over before a port was named. */
  Optional<String> awaitPort(int timeoutMs) {
    try {
      return port.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  List<String> lastLines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private void drain(Process process) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          accept(line.toString());
          line.setLength(0);
        } else if (line.length() < MAX_LINE) {
          line.append((char) c);
        }
      }
      accept(line.toString());
      process.waitFor();
    } catch (IOException e) {
      accept("(output lost: " + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    port.complete(Optional.empty());
  }

  private void accept(String line) {
    Matcher pty = PTY.matcher(line);
    Matcher tcp = TCP.matcher(line);
    if (pty.find()) {
      port.complete(Optional.of(pty.group(1)));
    } else if (tcp.matches()) {
      port.complete(Optional.of("tcp:" + tcp.group(1)));
    }
    synchronized (lines) {
      if (!line.isBlank()) {
        lines.addLast(line.replaceAll("\\p{C}", " ").strip());
      }
      if (lines.size() > MAX_LINES) {
        lines.removeFirst();
      }
    }
  }
}
