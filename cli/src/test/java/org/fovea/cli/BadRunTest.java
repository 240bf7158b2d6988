package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.fovea.generator.build.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a project and its board: images, ports, tools, another firmware. */
class BadRunTest {
  @TempDir private Path folder;
  private Path project;
  private Path photo;

  @BeforeEach
  void generate() throws IOException {
    project = folder.resolve("project");
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "-o", project).succeeds();
    photo = TestScene.SUN.write(folder);
  }

  @Test
  void anImageThatIsNone() throws IOException {
    Path image = Files.writeString(folder.resolve("photo.jpg"), "no picture");
    refuses(ExitCode.IMAGE, image, "photo.jpg", "is no JPEG, PNG or BMP", "Name a JPEG");
    Cli.run("run", project, photo, image).refuses(ExitCode.IMAGE, "photo.jpg");
    deployRefuses(image, "photo.jpg", "is no JPEG, PNG or BMP");
  }

  @Test
  void anImageThatEndsEarly() throws IOException {
    Path image = folder.resolve("half.png");
    byte[] whole = Files.readAllBytes(photo);
    Files.write(image, Arrays.copyOf(whole, whole.length / 2));
    refuses(ExitCode.IMAGE, image, "half.png", "cannot be decoded");
    deployRefuses(image, "half.png", "cannot be decoded");
  }

  @Test
  void anImageThatIsNoFile() throws IOException {
    Path image = folder.resolve("none.png");
    refuses(ExitCode.IMAGE, image, "is missing or no file", "Name an existing");
    deployRefuses(image, "is missing or no file");
  }

  @Test
  void aFolderWithoutImages() throws IOException {
    refuses(ExitCode.IMAGE, Path.of("/"), "holds no image", "Name images");
    deployRefuses(Path.of("/"), "holds no image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"format\": 2}", "null"})
  void aManifestThatIsNone(String text) throws IOException {
    Files.writeString(project.resolve("deployment.json"), text);
    refuses(ExitCode.IMAGE, photo, "deployment.json", "fovea generate");
    Cli.run("emulate", project).refuses(ExitCode.IMAGE, "deployment.json");
  }

  @Test
  void aDirectoryThatIsNoProject() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cli.run("run", empty, photo).refuses(ExitCode.IMAGE, "deployment.json", "fovea generate");
    Cli.run("emulate", empty).refuses(ExitCode.IMAGE, "deployment.json");
    Cli.run("build", empty).refuses(ExitCode.BUILD, empty.toString(), "fovea generate");
    assertThat(Cli.names(empty)).isEmpty();
  }

  @Test
  void aProjectThatWasNotBuilt() throws IOException {
    refuses(ExitCode.TOOL, photo, "firmware.elf", "is missing", "fovea build");
    Cli.run("emulate", project).refuses(ExitCode.TOOL, "firmware.elf", "fovea build");
  }

  @Test
  void resultsInPlaceOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (Path out : new Path[] {file, file.resolve("out")}) {
      Cli.run("run", project, photo, "-o", out)
          .refuses(ExitCode.OUTPUT, out.toString(), "is a file", "name a directory");
    }
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/ttyNONE", "COM77", "tcp:localhost", "tcp:localhost:99999"})
  void aWrongPort(String port) throws IOException {
    refusesPort(port);
  }

  @Test
  void aFileInPlaceOfAPort() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    refusesPort(file.toString());
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void aTcpPortWhereNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    refusesPort("tcp:127.0.0.1:" + free);
  }

  @Test
  void aPortHeldByAnotherProgram() throws Exception {
    Path port = folder.resolve("pty");
    Process socat = start("socat", "pty,raw,echo=0,link=" + port, "pty,raw,echo=0");
    try {
      for (int i = 0; i < 500 && !Files.exists(port); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      Process holder = start("flock", port.toRealPath().toString(), "cat");
      try {
        awaitHeld(port);
        SortedMap<String, String> before = Cli.tree(project);
        Cli.run("run", project, photo, "--port", port)
            .refuses(ExitCode.LINK, port.toString(), "is held open by", "Close the terminal");
        assertThat(Cli.tree(project)).isEqualTo(before);
      } finally {
        end(holder);
      }
    } finally {
      end(socat);
    }
  }

  @Test
  void anotherFirmware() throws IOException {
    for (Tool tool : Tool.values()) {
      assumeTrue(tool.find().isPresent(), "SKIPPED: " + tool.program() + " is not installed");
    }
    Cli.run("build", project).succeeds();
    Path manifest = project.resolve("deployment.json");
    String text = Files.readString(manifest);
    String other = "0".repeat(64);
    Files.writeString(manifest, replaced(text, "\"sha256\" *: *\"[0-9a-f]+\"", "sha256", other));
    refuses(ExitCode.LINK, photo, "model SHA-256", other, "Flash the firmware");
    Files.writeString(
        manifest, replaced(text, "\"layout_sha256\" *: *\"[0-9a-f]+\"", "layout_sha256", other));
    refuses(ExitCode.LINK, photo, "layout SHA-256", other, "Flash the firmware");
  }

  @Test
  void aMissingEmulator() throws IOException {
    Path manifest = project.resolve("deployment.json");
    String text = Files.readString(manifest);
    Files.createDirectories(project.resolve("build"));
    Files.writeString(project.resolve("build/firmware.elf"), "");
    Files.writeString(manifest, text.replace("qemu-system-arm", "qemu-system-none"));
    refuses(ExitCode.TOOL, photo, "qemu-system-none", "is not installed", "apt-get install");
    Cli.run("emulate", project).refuses(ExitCode.TOOL, "qemu-system-none", "is not installed");
    Files.writeString(manifest, text.replace("\"qemu-system-arm\"", "\"/bin/sh\""));
    refuses(ExitCode.IMAGE, photo, "/emulator/command/0", "qemu-system");
  }

  @Test
  void missingTools() throws Exception {
    SortedMap<String, String> before = Cli.tree(project);
    Cli.process(folder, List.of(), "/nowhere", "build", project)
        .refuses(
            ExitCode.TOOL, "arm-none-eabi-gcc", "cmake", "ninja-build", "sudo apt-get install");
    assertThat(Cli.tree(project)).isEqualTo(before);
  }

  private void refuses(ExitCode code, Path image, String... texts) throws IOException {
    SortedMap<String, String> before = Cli.tree(project);
    Cli.run("run", project, image).refuses(code, texts);
    Cli.run("run", project, image, "--json").refuses(code, texts);
    assertThat(Cli.tree(project)).isEqualTo(before);
    assertThat(project.resolve("results")).doesNotExist();
  }

  private void refusesPort(String port) throws IOException {
    SortedMap<String, String> before = Cli.tree(project);
    Cli.run("run", project, photo, "--port", port).refuses(ExitCode.LINK, port);
    assertThat(Cli.tree(project)).isEqualTo(before);
    assertThat(project.resolve("results")).doesNotExist();
  }

  private void deployRefuses(Path image, String... texts) {
    Path out = folder.resolve("deployed");
    Cli.run("deploy", Cli.MODEL, photo, image, "--board", Cli.BOARD, "-o", out)
        .refuses(ExitCode.IMAGE, texts);
    assertThat(out).doesNotExist();
  }

  private static String replaced(String text, String pattern, String key, String value) {
    String changed =
        Pattern.compile(pattern).matcher(text).replaceFirst("\"" + key + "\": \"" + value + "\"");
    assertThat(changed).isNotEqualTo(text);
    return changed;
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      assumeTrue(false, "SKIPPED: " + command[0] + " is not installed");
      throw new IllegalStateException(e);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Until the holder has its lock, a second one gets it. */
  private static void awaitHeld(Path port) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (start("flock", "-n", port.toRealPath().toString(), "true").waitFor() != 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("the port is not held");
  }
}
