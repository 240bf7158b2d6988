package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Link, inference and supervisor share one core, in QEMU's virtual time. */
class TasksTest {
  /** 20 ms at 400 MHz; an emulated board's tick is an instruction, which takes a cycle at least. */
  private static final long TWENTY_MILLISECONDS = 8_000_000;

  private static final String MAIN = "fovea/harness/freertos/fv_main.c";

  @TempDir static Path dir;

  /** Asks for STATUS after each row, and counts the answers that came in the middle of the work. */
  private static final class Questions implements Progress {
    private final Session session;
    private int inTheMiddle;

    Questions(Session session) {
      this.session = session;
    }

    @Override
    public void rows(int sent, int total) {
      Answers.Status status = session.status();
      inTheMiddle += status.stepsDone() > 0 && status.stepsDone() < status.steps() ? 1 : 0;
    }

    @Override
    public void steps(int done, int total) {
      // Rows are enough.
    }
  }

  /** A LOG line that a test waits for. */
  private static final class Heard extends RuntimeException {
    private static final long serialVersionUID = 1;

    Heard(String line) {
      super(line);
    }
  }

  @ParameterizedTest
  @CsvSource({"qemu-mps2-an500, freertos", "qemu-mps3-an547, freertos", "qemu-mps2-an500, bare"})
  void aQuestionIsAnsweredWithinTwentyMilliseconds(String board, String rtos) {
    TaskTimes times = infer(generated(board, rtos), line -> {});
    assertThat(times.longestWait()).isBetween(1000L, TWENTY_MILLISECONDS);
    assertThat(times.tasks())
        .extracting(TaskTimes.Task::name)
        .containsExactly("inference", "link", "supervisor", "idle");
    assertThat(times.tasks()).allSatisfy(t -> assertThat(t.ticks()).isPositive());
    long counted = times.tasks().stream().mapToLong(TaskTimes.Task::ticks).sum();
    assertThat((double) counted).isBetween(0.99 * times.ticks(), 1.001 * times.ticks());
  }

  /** The measure sees a link that waits for the network. */
  @Tag("long")
  @Test
  void aLinkBelowTheInferenceIsSlow() throws Exception {
    Path project = generated("qemu-mps2-an500", "freertos");
    edited(
        project.resolve(MAIN),
        "INFERENCE_PRIORITY = 1, LINK_PRIORITY = 2",
        "INFERENCE_PRIORITY = 2, LINK_PRIORITY = 1",
        () ->
            assertThat(infer(project, line -> {}).longestWait())
                .isGreaterThan(TWENTY_MILLISECONDS));
  }

  @ParameterizedTest
  @CsvSource({"bare", "freertos"})
  void aStepThatHangsIsNamed(String rtos) throws Exception {
    Path project = generated("qemu-mps2-an500", rtos);
    edited(
        project.resolve("generated/fv_network.c"),
        "  default:\n    break;\n  }\n",
        "  default:\n    break;\n  }\n  while (step->layer == 3) {\n    __asm volatile(\"\");\n  }\n",
        () -> hears(project, "HUNG", "a step takes ten times as long as estimated"));
  }

  @Test
  void aStackThatOverflowsIsNamed() throws Exception {
    Path project = generated("qemu-mps2-an500", "freertos");
    edited(
        project.resolve(MAIN),
        "    fv_link_run();\n",
        "    fv_link_run();\n    link_stack[0] *= !fv_session_is_open();\n",
        () -> hears(project, "FAULT the", "stack of task link overflowed: enlarge it"));
  }

  private static void hears(Path project, String beginning, String text) {
    Consumer<String> log =
        line -> {
          if (line.startsWith(beginning)) {
            throw new Heard(line);
          }
        };
    assertThatThrownBy(() -> infer(project, log))
        .isInstanceOf(Heard.class)
        .hasMessageContaining(text);
  }

  private static TaskTimes infer(Path project, Consumer<String> log) {
    BuiltProject built = BuiltProject.build(project);
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    ImageInput image =
        ImageInput.read(TestScene.HILL.write(project.getParent()), deployment.input());
    try (Emulator emulator = Emulator.start(deployment, built.elf());
        Session session =
            Session.open(
                Ports.open(emulator.portName(), deployment.board().baud()), deployment, log)) {
      TaskTimes before = session.taskTimes();
      Questions questions = new Questions(session);
      session.infer(image.tensor(), questions);
      TaskTimes times = session.taskTimes().since(before);
      assertThat(questions.inTheMiddle).isGreaterThan(100);
      return times;
    }
  }

  private static Path generated(String board, String rtos) {
    boolean there = rtos.equals("bare") || System.getenv("FREERTOS_KERNEL_PATH") != null;
    if (!there) {
      System.out.println("freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
    }
    assumeTrue(there, "freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
    Path project = dir.resolve(board + "-" + rtos);
    if (!Files.exists(project)) {
      Path model = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_int8.tflite");
      Cli.run("generate", model, "--board", board, "--rtos", rtos, "-o", project).succeeds();
    }
    return project;
  }

  /** With one text replaced, and as it was again afterwards. */
  private static void edited(Path file, String text, String other, Runnable test)
      throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(text);
    try {
      Files.writeString(file, before.replace(text, other));
      test.run();
    } finally {
      Files.writeString(file, before);
    }
  }
}
