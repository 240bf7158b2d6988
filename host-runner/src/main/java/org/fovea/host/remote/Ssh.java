package org.fovea.host.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.fovea.host.fault.LinkFailed;

/**
 * Commands on another machine, by the user's own ssh with its keys and settings. It never asks: a
 * machine that wants a password is refused.
 *
 * @param client the program
 * @param host USER@HOST, or a name of ssh's configuration
 */
record Ssh(String client, String host) {
  /** Nothing that ssh would take for an option. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@:%-]{0,200}");

  /** ssh's own failures, as its manual page says. */
  private static final int NO_CONNECTION = 255;

  private static final int MAX_TEXT = 2_000;

  Ssh {
    if (!HOST.matcher(host).matches()) {
      throw new LinkFailed(
          host,
          "is no USER@HOST",
          "ssh takes a user and a machine",
          "Write for example root@board");
    }
  }

  /**
   * How a command ended.
   *
   * @param out what it printed
   * @param err what it said on standard error, or ssh
   */
  record Done(int code, String out, String err) {}

  /**
   * Runs a command to its end.
   *
   * @param input what its standard input gets
   * @throws LinkFailed when the machine cannot be reached, or takes too long
   */
  Done run(String command, Path input, int limitSeconds) {
    try {
      Path out = Files.createTempFile("fovea-ssh-", ".out");
      Path err = Files.createTempFile("fovea-ssh-", ".err");
      try {
        Process process =
            builder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
          if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            throw new LinkFailed(
                host,
                "did not answer within " + limitSeconds + " s",
                "ssh is connected, or tries to",
                "Look at the network, then run again");
          }
        } finally {
          process.destroyForcibly();
        }
        Done done = new Done(process.exitValue(), text(out), text(err));
        if (done.code() == NO_CONNECTION) {
          throw unreachable(done.err());
        }
        return done;
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw notStarted(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailed(host, "was interrupted", "The run was cancelled", "Run it again");
    }
  }

  /** Starts a command; its streams are pipes. */
  Process start(String command) {
    try {
      return builder(command).start();
    } catch (IOException e) {
      throw notStarted(e);
    }
  }

  private ProcessBuilder builder(String command) {
    List<String> words = new ArrayList<>(List.of(client, "-T"));
    for (String option :
        List.of(
            "BatchMode=yes",
            "ConnectTimeout=10",
            "ServerAliveInterval=10",
            "ServerAliveCountMax=3")) {
      words.addAll(List.of("-o", option));
    }
    words.addAll(List.of(host, command));
    return new ProcessBuilder(words);
  }

  private LinkFailed unreachable(String said) {
    return new LinkFailed(
        host,
        "cannot be reached by ssh",
        said.isEmpty() ? "ssh does not say why" : said,
        "`ssh " + host + " true` must work without asking for anything");
  }

  private LinkFailed notStarted(IOException e) {
    return new LinkFailed(
        client,
        "cannot be started",
        String.valueOf(e.getMessage()),
        "Run `sudo apt-get install openssh-client`");
  }

  private static String text(Path file) throws IOException {
    return text(Files.readAllBytes(file));
  }

  /** Printable, and no more of it than a person reads. */
  static String text(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{C}+", " ").strip();
    return all.substring(Math.max(0, all.length() - MAX_TEXT));
  }
}
