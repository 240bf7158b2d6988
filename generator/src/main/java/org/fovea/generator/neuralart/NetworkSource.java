package org.fovea.generator.neuralart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.generator.fault.FileFindings;

/**
 * Reads the C file that ST Edge AI writes for the NPU: comments with the memory pools, and the
 * tables of input and output buffers. Source: the files that ST Edge AI 2.1 and 4.0 wrote, in ST's
 * and other public projects.
 */
final class NetworkSource {
  private static final Pattern NAME =
      Pattern.compile("LL_ATON_Input_Buffers_Info_([A-Za-z][A-Za-z0-9_]{0,99})\\(void\\)\\s*\\{");

  private static final Pattern COMPILER =
      Pattern.compile("GIT_DESCRIPTION \"([^\"\\r\\n]{1,100})\"");

  private static final Pattern USE =
      Pattern.compile("/\\* global pool ([^ *]{1,9}) is ([^*\\r\\n]{1,40}) \\*/");

  private static final Pattern POOL =
      Pattern.compile(
          "/\\* index=(\\d{1,4}) file postfix=(\\S{1,99}) name=(\\S{1,99}) offset=0x([0-9a-fA-F]{1,8})"
              + " +(\\S{1,20}) size=(\\d{1,10}) (vpool )?(READ_ONLY|READ_WRITE|WRITE_ONLY) ");

  /** The NPU's cache has lines of 64 bytes; buffers end with a limit that much behind them. */
  private static final int LINE = 64;

  private static final String REGENERATE =
      "generate it again with stedgeai generate --target stm32n6 --st-neural-art, and leave its"
          + " files as they are";

  private final String text;
  private final FileFindings findings;

  private NetworkSource(String text, FileFindings findings) {
    this.text = text;
    this.findings = findings;
  }

  /** The network; empty where the text has findings. */
  static Optional<CompiledNetwork> read(String text, FileFindings findings) {
    int before = findings.count();
    CompiledNetwork network = new NetworkSource(text, findings).network();
    return findings.count() == before ? Optional.of(network) : Optional.empty();
  }

  private CompiledNetwork network() {
    Matcher named = NAME.matcher(text);
    String name = named.find() ? named.group(1) : "";
    Matcher version = COMPILER.matcher(text);
    String compiler = version.find() ? version.group(1) : "";
    if (name.isEmpty() || compiler.isEmpty()) {
      add(
          "",
          name.isEmpty() ? "has no LL_ATON_Input_Buffers_Info" : "does not say what compiled it",
          "it is not, or not all of, the file that ST Edge AI writes for the NPU");
      return new CompiledNetwork(name, compiler, List.of(), List.of(), List.of());
    }
    if (!text.contains(" * --cache-maintenance = true")) {
      findings.add(
          "",
          "is compiled without cache maintenance",
          "the core's data cache is on, and would hide from the NPU what the core computes",
          "generate with --cache-maintenance in the profile's options");
    }
    return new CompiledNetwork(
        name,
        compiler,
        pools(),
        buffers("LL_ATON_Input_Buffers_Info_" + name),
        buffers("LL_ATON_Output_Buffers_Info_" + name));
  }

  private void add(String place, String what, String why) {
    findings.add(place, what, why, REGENERATE);
  }

  /** Memories of their own that are used; virtual ones are made of these. */
  private List<Pool> pools() {
    List<Pool> pools = new ArrayList<>();
    Matcher use = USE.matcher(text);
    int found = 0;
    while (use.find()) {
      found++;
      Matcher pool = POOL.matcher(text).region(use.end(), Math.min(text.length(), use.end() + 600));
      if (!pool.find() || !pool.group(1).equals(use.group(1))) {
        add(": pool " + use.group(1), "is not described", "where it lies must be known");
      } else if (!use.group(2).equals("?") && pool.group(7) == null) {
        pool(pool, use.group(2)).ifPresent(pools::add);
      }
    }
    if (found == 0 || found != text.split("/\\* global pool ", -1).length - 1) {
      add("", "does not name its memory pools", "what memory the NPU uses must be known");
    }
    return pools;
  }

  private Optional<Pool> pool(Matcher pool, String use) {
    String place = ": pool " + FileFindings.quote(pool.group(3));
    long base = Long.parseLong(pool.group(4), 16);
    long size = Long.parseLong(pool.group(6));
    Optional<Used> used = used(use);
    if (!pool.group(5).equals("absolute_mode")) {
      add(place, "has no address of its own", "Fovea places nothing for the NPU");
      return Optional.empty();
    }
    if (used.isEmpty() || used.get().least() > size || base + size > 1L << 32) {
      add(
          place,
          "uses " + FileFindings.quote(use) + " of " + size + " bytes at 0x" + pool.group(4),
          "that cannot be");
      return Optional.empty();
    }
    boolean writable = !pool.group(8).equals("READ_ONLY");
    long bytes = Math.min(lines(used.get().most()) + LINE, lines(size));
    long least = used.get().least();
    return Optional.of(new Pool(pool.group(3), pool.group(2), base, least, bytes, writable));
  }

  /** A pool may end some bytes before the memory does. */
  private static long lines(long bytes) {
    return (bytes + LINE - 1) / LINE * LINE;
  }

  /** Bytes of a pool, between these. */
  private record Used(long least, long most) {}

  /** What prints so: two decimals of a unit. */
  private static Optional<Used> used(String text) {
    String[] parts = text.split(" ", 2);
    long unit =
        switch (parts[parts.length - 1]) {
          case "B", "bytes", "Bytes" -> 1;
          case "KB" -> 1 << 10;
          case "MB" -> 1 << 20;
          default -> 0;
        };
    if (unit == 0 || !parts[0].matches("[0-9]{1,8}([.][0-9]{1,2})?")) {
      return Optional.empty();
    }
    double bytes = Double.parseDouble(parts[0]) * unit;
    double rounding = parts[0].contains(".") ? 0.005 * unit : 0;
    long least = (long) Math.floor(Math.max(1, bytes - rounding));
    return Optional.of(new Used(least, (long) Math.ceil(bytes + rounding)));
  }

  private List<Buffer> buffers(String function) {
    int start = text.indexOf(" *" + function + "(void)");
    int end = start < 0 ? -1 : text.indexOf("return buff_info;", start);
    if (end < 0) {
      add(": " + function, "is not there, or not whole", "inputs and outputs must be known");
      return List.of();
    }
    return new BufferTable(text.substring(start, end), ": " + function, findings).read();
  }
}
