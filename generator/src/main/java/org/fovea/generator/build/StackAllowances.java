package org.fovea.generator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * Stack use that the compiler does not tell: the project's {@code stack-allowances.csv}, which its
 * user may add to. Each line has its basis.
 */
final class StackAllowances {
  static final String FILE = "stack-allowances.csv";

  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final int FIELDS = 5;
  private static final String NUMBER = "\\d{1,7}";

  private StackAllowances() {}

  /**
   * Adds the lines of a harness.
   *
   * @param rtos such as {@code bare}
   * @throws UserFault.BuildFailed with every line that is wrong
   */
  static void addTo(CallGraph graph, Path file, String rtos) {
    List<Finding> findings = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] fields = line.split(",", FIELDS);
        if (fields.length < FIELDS || !fields[2].matches(NUMBER) || fields[4].isBlank()) {
          findings.add(wrong(file, i + 1));
        } else if (fields[0].equals("any") || fields[0].equals(rtos)) {
          add(graph, fields);
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new UserFault.BuildFailed(findings);
    }
  }

  private static void add(CallGraph graph, String... fields) {
    graph.add(fields[1], Long.parseLong(fields[2]));
    // Of the assembler of several kernel ports, the callee of the linked one is there.
    if (!fields[3].isEmpty() && graph.has(fields[3])) {
      graph.addCall(fields[1], fields[3]);
    }
  }

  private static Finding wrong(Path file, int line) {
    return new Finding(
        file + ":" + line,
        "is no allowance",
        "a line is harness,function,bytes,calls,basis: bytes a whole number, and a basis there",
        "correct it, or generate the project again");
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("it is larger than 1 MiB");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  file.toString(),
                  "cannot be read",
                  e.getClass().getSimpleName() + " " + e.getMessage(),
                  "generate the project again")));
    }
  }
}
