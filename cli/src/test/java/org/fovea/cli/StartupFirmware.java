package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.frame.Answers;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;

/** Bare-metal firmware of a board, started in the simulation of its registers. */
final class StartupFirmware {
  static final Path ROAD_SIGNS = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");

  private final Path dir;
  private final Path project;
  private final Board board;

  private StartupFirmware(Path dir, Path project, Board board) {
    this.dir = dir;
    this.project = project;
    this.board = board;
  }

  /** Skips the tests loudly where the emulator is not installed. */
  static void needsTheEmulator(Path dir) throws IOException, InterruptedException {
    boolean there = SimulatedBoard.isThere(dir);
    if (!there) {
      System.out.println("startup=SKIPPED: python3-unicorn is not installed");
    }
    assumeTrue(there, "startup=SKIPPED: python3-unicorn is not installed");
  }

  /**
   * A project, not yet built.
   *
   * @param kept of a memory, so that weights lie in another one
   */
  static StartupFirmware of(Path dir, String id, Path model, String kept, String... more) {
    Path project = dir.resolve("project-" + id + "-" + kept.replace('=', '-') + more.length);
    List<Object> line = new ArrayList<>(List.of("generate", model, "--board", id));
    line.addAll(List.of("--rtos", "bare", "--reserve", kept, "-o", project));
    line.addAll(List.of(more));
    Cli.run(line.toArray()).succeeds();
    return new StartupFirmware(dir, project, BoardCatalogue.find(id));
  }

  Path project() {
    return project;
  }

  ObjectNode facts() {
    return SimulatedBoard.facts(board);
  }

  /** With the times of a board that is slower than its line. */
  static Session session(SimulatedBoard line, Deployment deployment, Consumer<String> log) {
    return Session.open(line, deployment, Timing.emulated(), 1, log, System::nanoTime);
  }

  /** Built, again where a test has changed a source, and reset. */
  SimulatedBoard start(ObjectNode facts) throws IOException {
    Cli.run("build", project).succeeds();
    return SimulatedBoard.start(project.resolve("build/firmware.elf"), facts, dir);
  }

  /**
   * Its weights are there, its memory keeps what is written to it past the caches, and an image
   * gives what the PC computes, layer by layer.
   */
  void infers(Path model, ObjectNode facts) throws Exception {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    ImageInput image = ImageInput.read(TestScene.HILL.write(dir), deployment.input());
    KernelSet kernels = KernelSet.of(board.cpu().core());
    Compiled compiled =
        Compiled.of(ModelFile.read(model), PlanGoal.DEFAULT, PixelFormat.RGB888, kernels);
    SimulatedBoard line = start(facts);
    try (Session session = session(line, deployment, text -> {})) {
      assertThat(session.selfTest().orElseThrow().weightsCrc())
          .isEqualTo(deployment.weightsCrc32());
      assertThat(session.testCells().orElseThrow())
          .isEqualTo(new Answers.Cells(compiled.plan().arenaBytes(), 0, 0, 0, 0));
      InferenceResult result = session.infer(image.tensor(), Progress.NONE);
      assertThat(result.crcs()).isEqualTo(new Oracle(compiled).layerCrcs(image.tensor()));
    }
  }

  /** What the first session after a reset is told; the watchdog is kicked for three seconds. */
  String reasonOfReset(int flags) throws Exception {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    List<String> log = new ArrayList<>();
    SimulatedBoard line = start(facts().put("reset_flags", flags));
    try (Session session = session(line, deployment, log::add)) {
      ask(session);
      assertThat(line.said()).isEmpty();
    }
    assertThat(log).hasSize(1);
    return log.get(0);
  }

  /** Firmware that never kicks its watchdog. */
  void isResetWithoutKicks() throws Exception {
    Path file = project.resolve("fovea/ports/stm32/fv_watchdog.c");
    String before = Files.readString(file);
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    try {
      Files.writeString(file, before.replace("(void) { KR = KICK; }", "(void) {}"));
      SimulatedBoard line = start(facts());
      try (Session session = session(line, deployment, text -> {})) {
        assertThatThrownBy(() -> ask(session))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("the watchdog resets the board");
      }
    } finally {
      Files.writeString(file, before);
    }
  }

  /** 150 requests, before each of which a fiftieth of a second passes. */
  private static void ask(Session session) {
    for (int i = 0; i < 150; i++) {
      session.status();
    }
  }

  /** It says why, at 64 MHz or full speed and the board's baud rate, and touches nothing else. */
  void refuses(ObjectNode facts, String reason) throws IOException {
    try (SimulatedBoard started = start(facts)) {
      assertThat(started.said()).isEmpty();
      assertThat(started.exitCode()).isEqualTo(2);
      assertThat(started.sent()).contains("REFUSED " + reason);
    }
  }

  /** With one text replaced it fails; the project is as it was again afterwards. */
  void violates(String file, String text, String other, String violation) throws IOException {
    Path path = project.resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(text);
    try {
      Files.writeString(path, before.replace(text, other));
      try (SimulatedBoard started = start(facts())) {
        assertThat(started.said()).contains(violation);
        assertThat(started.exitCode()).isEqualTo(1);
      }
    } finally {
      Files.writeString(path, before);
    }
  }
}
