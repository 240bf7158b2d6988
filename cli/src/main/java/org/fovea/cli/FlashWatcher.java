package org.fovea.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fovea.host.flash.Flashing;

/** Shows command lines as a shell takes them, the tool's lines on stderr, its bars as ours. */
final class FlashWatcher implements Flashing.Watcher, AutoCloseable {
  private static final Pattern BAR = Pattern.compile("[^A-Za-z]*?([0-9]{1,3}) ?%");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+,@%-]+");

  private final Terminal terminal;
  private final ProgressLine progress;

  FlashWatcher(Terminal terminal) {
    this.terminal = terminal;
    this.progress = new ProgressLine(terminal, "flash");
  }

  @Override
  public void command(List<String> command) {
    terminal.print(
        "$ " + command.stream().map(FlashWatcher::quoted).collect(Collectors.joining(" ")));
  }

  @Override
  public void line(String line) {
    Matcher bar = BAR.matcher(line);
    if (bar.matches()) {
      progress.items(Math.min(100, Integer.parseInt(bar.group(1))), 100);
    } else {
      progress.close();
      terminal.remark("  | " + line);
    }
  }

  @Override
  public void note(String note) {
    progress.close();
    terminal.print("ok         " + note);
  }

  @Override
  public void close() {
    progress.close();
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
