package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo       | --output",
        "fit        | MODEL --board --rtos --json --optimize --max-ram --input",
        "estimate   | MODEL --board --json --optimize --max-ram --input",
        "analyze    | MODEL --board --rtos --json",
        "inspect    | MODEL --json",
        "models     | check --json",
        "decode     | TENSOR --card --model --head --image --dataset --score --output --json",
        "boards     | --json",
        "board      | new",
        "deploy     | MODEL IMAGE --board --rtos --emulated --output --port --json --optimize --max-ram --input",
        "generate   | MODEL --board --rtos --emulated --output --optimize --max-ram --input",
        "build      | DIR --json",
        "emulate    | DIR",
        "flash      | DIR --board --tool --dry-run --weights --port STM32_Programmer_CLI",
        "recover    | BOARD",
        "run        | DIR IMAGE --port --model --output --json",
        "selftest   | DIR --port --ssh --model --output --json --submit",
        "bench      | DIR IMAGE --port --ssh --also --frames --warm-up --baseline --tolerance --html --csv --json",
        "monitor    | DIR IMAGE --port --ssh --http --frames",
        "ports      | PORT --probe --json",
        "scenes     | --seed --count --size --backgrounds --output",
        "evaluate   | MODEL --dataset --format --scorer --engine --min-side --threads --json",
        "convert    | NET.cfg NET.weights --output --size --names",
        "doctor     | --json",
        "completion | --help",
        "help       | COMMAND"
      })
  void everyCommandHasHelp(String command, String options) {
    Cli help = Cli.run(command, "--help").succeeds();
    assertThat(help.out())
        .contains("Usage: fovea " + command.replace("analyze", "fit"))
        .contains(options.split(" ", -1));
    assertThat(help.err()).isEmpty();
    assertThat(Cli.run("help", command).succeeds().out()).isEqualTo(help.out());
  }

  @Test
  void theHelpNamesEveryCommandAndExitCode() {
    String help = Cli.run("--help").succeeds().out();
    assertThat(help).contains("deploy", "completion", "analyze").doesNotContain("generate-compl");
    for (ExitCode code : ExitCode.values()) {
      assertThat(help).containsPattern("(?m)^ +" + code.code() + " +\\S");
    }
    assertThat(Cli.run("--version").succeeds().out()).matches("fovea \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void exitCodesAreDistinct() {
    Set<Integer> codes = new TreeSet<>();
    for (ExitCode code : ExitCode.values()) {
      assertThat(codes.add(code.code())).as(code.name()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "--nonsense",
        "fit",
        "fit a.tflite b.tflite",
        "fit a.tflite --rtos windows",
        "inspect",
        "inspect a.tflite --board x",
        "boards extra",
        "board",
        "board new",
        "board new --from nucleo-h743zi2",
        "generate a.tflite",
        "generate a.tflite --board qemu-mps2-an500",
        "generate a.tflite -o out",
        "generate a.tflite --board",
        "deploy a.tflite a.png",
        "build",
        "emulate",
        "flash",
        "flash project --weights never",
        "recover",
        "run",
        "run project",
        "selftest",
        "selftest project photo.png",
        "bench",
        "bench project --frames many",
        "monitor",
        "ports --port",
        "doctor 3"
      })
  void aWrongCommandLine(String line) throws IOException {
    Object[] arguments = line.isEmpty() ? new Object[0] : line.split(" ", -1);
    Cli cli = Cli.run(arguments).refuses(ExitCode.USAGE);
    assertThat(cli.err()).isNotBlank();
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearest() {
    Cli.run("boards", "--jsn").refuses(ExitCode.USAGE, "--jsn");
    Cli.run("deplyo").refuses(ExitCode.USAGE, "deplyo", "deploy");
  }

  @Test
  void bashParsesTheCompletion() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "SKIPPED: no /bin/bash");
    String script = Cli.run("completion").succeeds().out();
    assertThat(script)
        .contains("fovea", "generate", "--board", "--emulated", "flash", "probe-rs", "--ioc");
    Path file = Files.writeString(folder.resolve("fovea.sh"), script);
    Process bash =
        new ProcessBuilder(List.of("/bin/bash", "-n", file.toString()))
            .redirectErrorStream(true)
            .start();
    assertThat(bash.inputReader().lines()).isEmpty();
    assertThat(bash.waitFor()).isZero();
  }
}
