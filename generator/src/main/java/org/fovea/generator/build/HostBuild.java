package org.fovea.generator.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * Compiles the network of a generated project for this machine, with the machine's own compiler.
 */
public final class HostBuild {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private HostBuild() {}

  /**
   * Compiles kernels, step runtime and generated files of a project.
   *
   * @param main the C file with {@code main}
   * @return the program, in {@code folder}
   * @throws UserFault.ToolMissing when there is no C compiler
   * @throws UserFault.BuildFailed when it fails, with what it said
   */
  public static Path build(Path project, Path main, Path folder) {
    FirmwareBuild.requireTools(List.of(Tool.HOST_COMPILER));
    Path program = folder.resolve("network");
    Path log = folder.resolve("build.log");
    try {
      List<String> command = command(project);
      command.addAll(List.of(main.toString(), "-o", program.toString()));
      Command.Result result = Command.run(folder, log, LIMIT, command);
      if (result.exitCode() != 0) {
        throw failed(project, result.output().strip());
      }
    } catch (IOException e) {
      throw failed(project, e.getClass().getSimpleName() + " " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(project, "interrupted");
    }
    return program;
  }

  private static List<String> command(Path project) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Tool.HOST_COMPILER.program(), "-std=gnu11", "-O3", "-march=native"));
    for (String include :
        List.of("fovea/kernels", "fovea/kernels/portable", "fovea/runtime", "generated")) {
      command.add("-I" + project.resolve(include).toAbsolutePath());
    }
    try (Stream<Path> kernels = Files.list(project.resolve("fovea/kernels/portable"))) {
      kernels.filter(k -> k.toString().endsWith(".c")).sorted().forEach(k -> add(command, k));
    }
    for (String source :
        List.of(
            "fovea/runtime/fv_net.c",
            "fovea/runtime/fv_crc32.c",
            "generated/fv_network.c",
            "generated/fv_weights.c")) {
      add(command, project.resolve(source));
    }
    return command;
  }

  private static void add(List<String> command, Path source) {
    command.add(source.toAbsolutePath().toString());
  }

  private static UserFault failed(Path project, String why) {
    return new UserFault.BuildFailed(
        List.of(
            new Finding(
                project.toString(),
                "cannot be compiled for this machine",
                why.substring(Math.max(0, why.length() - 2000)),
                "see whether " + Tool.HOST_COMPILER.program() + " compiles other programs")));
  }
}
