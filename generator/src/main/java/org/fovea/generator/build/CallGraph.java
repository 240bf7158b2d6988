package org.fovea.generator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of a firmware, their stack frames and whom they call: the union of the {@code .ci}
 * files that gcc's {@code -fcallgraph-info=su} writes beside each object (VCG, a line for each node
 * and edge). A function that is static or weak has its file before its name there.
 */
final class CallGraph {
  /** What gcc calls a call through a pointer. */
  static final String INDIRECT = "__indirect_call";

  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final Pattern NODE =
      Pattern.compile("node: \\{ title: \"([^\"]*)\" label: \"([^\"]*)\".*");
  private static final Pattern EDGE =
      Pattern.compile("edge: \\{ sourcename: \"([^\"]*)\" targetname: \"([^\"]*)\".*");
  private static final Pattern FRAME = Pattern.compile("\\\\n(\\d{1,9}) bytes \\(([a-z,]+)\\)");

  /**
   * One function's frame.
   *
   * @param bytes with the registers that it saves
   * @param bounded false where its size depends on data (VLA, alloca)
   */
  record Frame(long bytes, boolean bounded) {
    private Frame or(Frame other) {
      return new Frame(Math.max(bytes, other.bytes), bounded && other.bounded);
    }
  }

  private final SortedMap<String, Frame> frames = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> calls = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> titlesByName = new TreeMap<>();

  CallGraph() {}

  /**
   * Reads the files of one firmware.
   *
   * @throws IOException when one cannot be read, or is larger than 64 MiB
   */
  static CallGraph read(List<Path> files) throws IOException {
    CallGraph graph = new CallGraph();
    for (Path file : files) {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException(file + " is larger than 64 MiB");
      }
      graph.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return graph;
  }

  /** Takes over one file's text. */
  void add(String vcg) {
    for (String line : vcg.split("\n", -1)) {
      Matcher node = NODE.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (node.matches()) {
        Matcher frame = FRAME.matcher(node.group(2));
        if (frame.find()) {
          add(node.group(1), Long.parseLong(frame.group(1)), !frame.group(2).equals("dynamic"));
        }
      } else if (edge.matches()) {
        addCall(edge.group(1), edge.group(2));
      }
    }
  }

  private void add(String title, long bytes, boolean bounded) {
    frames.merge(title, new Frame(bytes, bounded), Frame::or);
    titlesByName.computeIfAbsent(name(title), n -> new TreeSet<>()).add(title);
  }

  /** A function that no {@code .ci} file tells of, or what one does not tell of it. */
  void add(String title, long bytes) {
    add(title, bytes, true);
  }

  void addCall(String from, String to) {
    calls.computeIfAbsent(from, f -> new TreeSet<>()).add(to);
  }

  /** The name in the source. */
  static String name(String title) {
    return title.substring(title.lastIndexOf(':') + 1);
  }

  boolean has(String title) {
    return frames.containsKey(title);
  }

  Frame frame(String title) {
    return frames.get(title);
  }

  SortedSet<String> callsOf(String title) {
    return calls.getOrDefault(title, new TreeSet<>());
  }

  /**
   * The functions that a name in an edge or a symbol can mean: the global one, else the static or
   * weak ones of that name. None when it is unknown.
   */
  SortedSet<String> resolve(String nameOrTitle) {
    if (frames.containsKey(nameOrTitle)) {
      return new TreeSet<>(List.of(nameOrTitle));
    }
    boolean isTitle = nameOrTitle.indexOf(':') >= 0;
    return isTitle ? new TreeSet<>() : titlesByName.getOrDefault(nameOrTitle, new TreeSet<>());
  }
}
