package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards that are none, and output directories that cannot be used. */
class BadPlaceTest {
  @TempDir private Path folder;

  @Test
  void anUnknownBoardIsAnsweredWithTheNearest() throws IOException {
    generate("nucleo-h743zi", folder.resolve("out"))
        .refuses(ExitCode.BOARD, "nucleo-h743zi'", "unknown", "nucleo-h743zi2");
    Cli.run("fit", Cli.MODEL, "--board", "nucleo-h743zi").refuses(ExitCode.BOARD, "nucleo-h743zi2");
    assertThat(Cli.names(folder)).isEmpty();
  }

  @Test
  void aBoardFileWithOverlappingRegions() throws IOException {
    String yaml = Files.readString(Cli.ROOT.resolve("boards/nucleo-h743zi2.yaml"));
    Path board =
        Files.writeString(
            folder.resolve("mine.yaml"),
            yaml.replace("base: 0x30020000", "base: 0x3001FFE0")
                .replace("id: nucleo-h743zi2", "id: mine"));
    String[] texts = {"mine.yaml", "'sram2' overlaps 'sram1'", "0x3001ffe0", "correct base"};
    generate(board, folder.resolve("out")).refuses(ExitCode.BOARD, texts);
    Cli.run("fit", Cli.MODEL, "--board", board).refuses(ExitCode.BOARD, texts);
    assertThat(Cli.names(folder)).containsExactly("mine.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0", "just text", "id: [", "- 1\n- 2\n", "id: x\nid: y\n"})
  void aFileThatIsNoBoard(String text) throws IOException {
    Path board = Files.writeString(folder.resolve("mine.yaml"), text);
    generate(board, folder.resolve("out")).refuses(ExitCode.BOARD, "mine.yaml");
    assertThat(Cli.names(folder)).containsExactly("mine.yaml");
  }

  @Test
  void aDirectoryInPlaceOfABoard() throws IOException {
    generate(folder, folder.resolve("out")).refuses(ExitCode.BOARD, folder.toString());
    assertThat(Cli.names(folder)).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheOutputDirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    generate(Cli.BOARD, file).refuses(ExitCode.OUTPUT, file.toString(), "is a file", "directory");
    generate(Cli.BOARD, file.resolve("out")).refuses(ExitCode.OUTPUT, file.toString());
    Cli.run("demo", "-o", file).refuses(ExitCode.OUTPUT, file.toString(), "is a file");
    Cli.run("demo", "-o", file.resolve("out")).refuses(ExitCode.OUTPUT, file.toString());
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(Cli.names(folder)).containsExactly("file");
  }

  @Test
  void aForeignDirectoryStaysAsItIs() throws IOException {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "mine");
    SortedMap<String, String> before = Cli.tree(folder);
    generate(Cli.BOARD, foreign)
        .refuses(ExitCode.OUTPUT, foreign.toString(), "not empty", "name a new directory");
    Cli.run("deploy", Cli.MODEL, "--board", Cli.BOARD, "-o", foreign)
        .refuses(ExitCode.OUTPUT, "not empty");
    assertThat(Cli.tree(folder)).isEqualTo(before);
    assertThat(Cli.names(folder)).containsExactly("foreign");
  }

  @Test
  void aFileSystemThatTakesNothing() {
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "SKIPPED: no /proc");
    generate(Cli.BOARD, proc.resolve("out")).refuses(ExitCode.OUTPUT, "/proc/out");
  }

  private static Cli generate(Object board, Path out) {
    return Cli.run("generate", Cli.MODEL, "--board", board, "-o", out);
  }
}
