package org.fovea.host.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.port.Port;
import org.fovea.host.port.ReceivedBytes;

/**
 * The standard input and output of a child process as a line. A thread empties its output into a
 * bounded queue, since a pipe cannot be waited for with an end; another one keeps what it says on
 * standard error.
 */
final class ProcessLine implements Port {
  private static final int CHUNK_BYTES = 4_096;
  private static final int MAX_SAID = 4_096;
  private static final int END_SECONDS = 10;

  private final Process process;
  private final String name;
  private final ReceivedBytes received;
  private final StringBuilder said = new StringBuilder();
  private final Thread errors;

  ProcessLine(Process process, String name) {
    this.process = process;
    this.name = name;
    this.received = new ReceivedBytes(name);
    begin(this::pump, "fovea-process-reader");
    this.errors = begin(this::listen, "fovea-process-errors");
  }

  private static Thread begin(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    return received.read(buffer, timeoutMs, this::gone);
  }

  @Override
  public void write(byte[] bytes) {
    try {
      process.getOutputStream().write(bytes);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw gone();
    }
  }

  /** The end of its input ends the program; one that does not end then is ended. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void pump() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        received.put(buffer, count);
      }
    } catch (IOException e) {
      // Closed, or broken: the end either way.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      received.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (InputStream in = process.getErrorStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hear(Ssh.text(Arrays.copyOf(buffer, count)) + " ");
      }
    } catch (IOException e) {
      hear("(the rest is lost)");
    }
  }

  private void hear(String words) {
    synchronized (said) {
      said.append(words);
      said.delete(0, Math.max(0, said.length() - MAX_SAID));
    }
  }

  private String words() {
    synchronized (said) {
      return said.toString().strip();
    }
  }

  private LinkFailed gone() {
    try {
      errors.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String words = words();
    return new LinkFailed(
        name,
        "the program there has ended, or the connection",
        words.isEmpty() ? "It said nothing" : "It said: " + words,
        "Look at network and board, then run again");
  }
}
