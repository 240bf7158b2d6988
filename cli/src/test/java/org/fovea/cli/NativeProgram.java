package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Session;

/**
 * The program of a board with Linux, with kernels in plain C, compiled for this machine with
 * sanitizers: threads, lock and line are the board's own.
 */
record NativeProgram(Compiled compiled, Deployment deployment, Path file) {
  private static final String BOARD = "stm32mp157f-dk2";
  private static final Pattern LISTENING = Pattern.compile("listening on (127.0.0.1:[0-9]+)");

  static NativeProgram build(Path model, PlanGoal goal, Path folder, String sanitizers)
      throws Exception {
    Compiled compiled =
        Compiled.of(ModelFile.read(model), goal, PixelFormat.RGB888, KernelSet.PORTABLE);
    Path project = folder.resolve("project");
    Generation.project(Fit.of(compiled, BoardCatalogue.find(BOARD), Rtos.LINUX).twin())
        .writeTo(project);
    enlargeStacks(project.resolve("generated"));
    Path file = folder.resolve("detector");
    List<String> command =
        new ArrayList<>(List.of("cc", "-std=gnu11", "-O1", "-g", "-D_GNU_SOURCE", "-pthread"));
    command.addAll(List.of("-fsanitize=" + sanitizers, "-fno-sanitize-recover=all"));
    command.addAll(List.of("-ffunction-sections", "-Wl,--gc-sections")); // as the project does
    try (Stream<Path> files = Files.walk(project)) {
      for (Path path : files.sorted().toList()) {
        if (Files.isDirectory(path)) {
          command.add("-I" + path);
        } else if (path.toString().endsWith(".c")) {
          command.add(path.toString());
        }
      }
    }
    command.addAll(List.of("-T" + project.resolve("generated/sections.ld"), "-o", file.toString()));
    Path log = folder.resolve("cc.log");
    Process cc =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(cc.waitFor()).as(Files.readString(log)).isZero();
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    return new NativeProgram(compiled, deployment, file);
  }

  /** A sanitizer keeps up to a megabyte of its own on each stack. */
  private static void enlargeStacks(Path generated) throws IOException {
    Path config = generated.resolve("fv_config.h");
    Path sections = generated.resolve("sections.ld");
    String sizes = Files.readString(config).replaceAll("(STACK_BYTES) \\d+", "$1 4194304");
    Files.writeString(config, sizes);
    String asserts = Files.readString(sections).replaceAll("ASSERT.*fv_stacks.*", "");
    Files.writeString(sections, asserts);
  }

  /** Starts it. */
  Running start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(file.getParent(), "said", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
    // There is no heap; a search for leaks would read the closed pages of the stacks.
    builder.environment().put("ASAN_OPTIONS", "detect_leaks=0");
    return new Running(builder.start(), said);
  }

  /** A session with one that runs at a port. */
  Session session(String port) {
    return Session.open(Ports.open(port, 115_200), deployment, line -> {});
  }

  /** A running program. */
  record Running(Process process, Path said) implements AutoCloseable {
    private static final int SECONDS = 20;

    /** Where it listens. */
    String port() throws Exception {
      for (int i = 0; i < SECONDS * 50; i++) {
        Matcher listening = LISTENING.matcher(text());
        if (listening.find()) {
          return "tcp:" + listening.group(1);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      throw new AssertionError("it does not listen: " + text());
    }

    /** What it said on standard error. */
    String text() throws Exception {
      return Files.readString(said, StandardCharsets.UTF_8);
    }

    /** Its exit code, once it has ended by itself. */
    int exitCode() throws Exception {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it runs on").isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
