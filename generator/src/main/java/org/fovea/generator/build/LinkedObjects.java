package org.fovea.generator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** The object files that a firmware was linked from, as its map file lists them. */
final class LinkedObjects {
  private static final String LOAD = "LOAD ";
  private static final String OBJECT = ".obj";
  private static final String ASSEMBLED = ".S.obj";
  private static final String GRAPH = ".ci";

  private LinkedObjects() {}

  /**
   * The call graph of all objects.
   *
   * @param build the folder of the map file {@code firmware.map}
   * @throws UserFault.BuildFailed when an object was compiled without a call graph
   */
  static CallGraph callGraph(Path build) {
    Path map = build.resolve("firmware.map");
    List<Path> graphs = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    try (Stream<String> lines = Files.lines(map, StandardCharsets.ISO_8859_1)) {
      for (String object : lines.filter(LinkedObjects::isObject).distinct().toList()) {
        String stem = object.substring(LOAD.length(), object.length() - OBJECT.length());
        Path graph = build.resolve(stem + GRAPH);
        graphs.add(graph);
        if (!Files.isRegularFile(graph)) {
          findings.add(missing(object));
        }
      }
      if (findings.isEmpty()) {
        return CallGraph.read(graphs);
      }
    } catch (IOException e) {
      findings.add(
          new Finding(
              map.toString(),
              "or a call graph beside the objects cannot be read",
              e.getClass().getSimpleName() + " " + e.getMessage(),
              "remove the folder build and build again"));
    }
    throw new UserFault.BuildFailed(findings);
  }

  /** Of assembler there is no call graph: its functions stand in {@link StackAllowances}. */
  private static boolean isObject(String line) {
    return line.startsWith(LOAD) && line.endsWith(OBJECT) && !line.endsWith(ASSEMBLED);
  }

  private static Finding missing(String object) {
    return new Finding(
        object.substring(LOAD.length()),
        "has no call graph beside it",
        "it was compiled without -fcallgraph-info=su, so its stack has no bound",
        "add the option in CMakeLists.txt, as the firmware's own files have it");
  }
}
