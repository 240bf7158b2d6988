package org.fovea.generator.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.generator.engine.EngineKind;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** Configures and compiles a generated project. */
public final class FirmwareBuild {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int LINES_SHOWN = 12;

  /** Only folders for STM32Cube projects have it. */
  private static final String CUBE = "fovea.ld";

  /**
   * What a build made.
   *
   * @param elf the file
   * @param compiler with its version
   * @param isProcess whether it runs under Linux
   * @param hasEngine whether code of somebody else's computes, whose stacks nobody has measured
   */
  public record Linked(Path elf, String compiler, boolean isProcess, boolean hasEngine) {}

  private FirmwareBuild() {}

  /**
   * Builds {@code project} in its folder {@code build}.
   *
   * @return what it made
   * @throws UserFault.ToolMissing when compiler, CMake or Ninja is not installed
   * @throws UserFault.BuildFailed when one of them fails, with what it said
   */
  public static Linked build(Path project) {
    if (!Files.isRegularFile(project.resolve("CMakeLists.txt"))) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  project.toString(),
                  "holds no project",
                  "there is no CMakeLists.txt",
                  "make one with fovea generate MODEL --board ID -o DIR")));
    }
    if (Files.isRegularFile(project.resolve(CUBE))) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  project.toString(),
                  "is no project of its own",
                  "it is a folder for your STM32Cube project, which builds it",
                  "follow the three steps in " + project.resolve("README.md"))));
    }
    Toolchain toolchain = Toolchain.of(project);
    requireTools(
        Stream.concat(toolchain.compiler().stream(), Stream.of(Tool.CMAKE, Tool.NINJA)).toList());
    try {
      Path log = Files.createDirectories(project.resolve("build")).resolve("build.log");
      List<String> configure = new ArrayList<>(List.of("cmake", "--preset", "default"));
      if (toolchain.engine().equals(Optional.of(EngineKind.ST_NEURAL_ART.id()))) {
        configure.addAll(StEdgeAi.arguments(project.resolve("build")));
      }
      run(project, log, configure);
      run(project, log, List.of("cmake", "--build", "--preset", "default"));
    } catch (IOException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  project.toString(),
                  "cannot be built in its folder build",
                  e.getClass().getSimpleName() + " " + e.getMessage(),
                  "the folder must be writable, on a disk with room")));
    }
    return new Linked(
        project.resolve("build").resolve(toolchain.program()),
        toolchain.compiler().map(Compiler::version).orElse("the compiler of the environment"),
        toolchain.isProcess(),
        toolchain.engine().isPresent());
  }

  private static void run(Path project, Path log, List<String> command) throws IOException {
    try {
      Command.Result result = Command.run(project, log, LIMIT, command);
      if (result.exitCode() != 0) {
        throw failed(project, log, String.join(" ", command), result.output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(project, log, String.join(" ", command), "interrupted");
    }
  }

  private static UserFault failed(Path project, Path log, String command, String output) {
    List<String> telling =
        Arrays.stream(output.split("\n", -1))
            .filter(l -> l.matches("(?i).*(error|overflow|not as planned|undefined|stopped).*"))
            .limit(LINES_SHOWN)
            .toList();
    String why = telling.isEmpty() ? last(output) : String.join("\n      ", telling);
    return new UserFault.BuildFailed(
        List.of(
            new Finding(
                project.toString(),
                command + " failed",
                why,
                "read "
                    + log
                    + "; a project that Fovea made and nobody edited builds, so if this"
                    + " one is untouched, please report it")));
  }

  private static String last(String output) {
    String[] lines = output.strip().split("\n", -1);
    int from = Math.max(0, lines.length - LINES_SHOWN);
    return Arrays.stream(lines).skip(from).collect(Collectors.joining("\n      "));
  }

  /** Reports every missing tool at once. */
  public static void requireTools(List<Tool> tools) {
    List<Finding> findings = new ArrayList<>();
    for (Tool tool : tools) {
      if (tool.find().isEmpty()) {
        findings.add(
            new Finding(
                tool.program(),
                "is not installed",
                "it is not in PATH",
                "on Debian or Ubuntu: sudo apt-get install " + tool.packages()));
      }
    }
    if (!findings.isEmpty()) {
      throw new UserFault.ToolMissing(findings);
    }
  }
}
