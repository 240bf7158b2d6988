package org.fovea.generator.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * The user's installation of ST Edge AI Core, which has the runtime that a compiled network for the
 * NPU is linked with.
 */
final class StEdgeAi {
  private static final String VARIABLE = "STEDGEAI_CORE_DIR";
  private static final Path RUNTIME = Path.of("Middlewares/ST/AI/Npu/ll_aton/ll_aton_runtime.c");

  /** Where ST's installer puts it on Linux; versions lie in folders of their own. */
  private static final Path INSTALLED = Path.of("/opt/ST");

  private static final int VERSION_DEPTH = 2;

  private StEdgeAi() {}

  /**
   * For CMake: nothing where it has been told already.
   *
   * @param build folder of the build
   * @throws UserFault.ToolMissing when there is none
   */
  static List<String> arguments(Path build) throws IOException {
    String named = System.getenv(VARIABLE);
    if (named != null && isOne(Path.of(named))) {
      return List.of("-D" + VARIABLE + "=" + named);
    }
    if (isCached(build.resolve("CMakeCache.txt"))) {
      return List.of();
    }
    return List.of("-D" + VARIABLE + "=" + installed().orElseThrow(() -> missing(named)));
  }

  private static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(RUNTIME));
  }

  private static boolean isCached(Path cache) throws IOException {
    if (!Files.isRegularFile(cache)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(cache, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(l -> l.startsWith(VARIABLE + ":"))
          .map(l -> Path.of(l.substring(l.indexOf('=') + 1)))
          .anyMatch(StEdgeAi::isOne);
    }
  }

  /** The one whose name comes last. */
  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.find(INSTALLED, VERSION_DEPTH, (p, a) -> a.isDirectory())) {
      return folders.filter(StEdgeAi::isOne).max(Path::compareTo);
    }
  }

  private static UserFault missing(String named) {
    return new UserFault.ToolMissing(
        List.of(
            new Finding(
                "ST Edge AI Core",
                named == null ? VARIABLE + " is not set" : named + " has no " + RUNTIME,
                "the firmware is linked with its runtime of the NPU, which is ST's and not in the"
                    + " project",
                "install it from st.com, in the version that compiled the network, and set "
                    + VARIABLE
                    + " to its folder")));
  }
}
