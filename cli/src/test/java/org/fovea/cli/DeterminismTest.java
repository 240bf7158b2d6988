package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterminismTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tr-TR, Pacific/Kiritimati",
    "de-DE, Europe/Berlin",
    "ar-EG-u-nu-arab, America/St_Johns"
  })
  void localeAndTimeZoneDoNotMatter(String locale, String zone) throws Exception {
    String fit = Cli.run("fit", Cli.MODEL).succeeds().out();
    SortedMap<String, String> expected = generate(Cli.MODEL, folder.resolve("a"));
    Locale localeBefore = Locale.getDefault();
    TimeZone zoneBefore = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertSame(generate(Cli.MODEL, folder.resolve("b")), expected);
      assertThat(Cli.run("fit", Cli.MODEL).out()).isEqualTo(fit);
    } finally {
      Locale.setDefault(localeBefore);
      TimeZone.setDefault(zoneBefore);
    }
  }

  @Test
  void placesDoNotMatter() throws Exception {
    SortedMap<String, String> expected = generate(Cli.MODEL, folder.resolve("a"));
    Path elsewhere = Files.createDirectories(folder.resolve("else where/ü"));
    Path model = Files.copy(Cli.MODEL, elsewhere.resolve(Cli.MODEL.getFileName()));
    assertSame(generate(model, elsewhere.resolve("out")), expected);
    assertThat(expected.values()).noneMatch(text -> text.contains(Cli.ROOT.toString()));
  }

  @Test
  void anotherProcessWritesTheSame() throws Exception {
    SortedMap<String, String> expected = generate(Cli.MODEL, folder.resolve("a"));
    Path cwd = Files.createDirectories(folder.resolve("cwd"));
    Files.copy(Cli.MODEL, cwd.resolve("tinyyolov2_96_int8.tflite"));
    List<String> jvm =
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu",
            "-Dfile.encoding=ISO-8859-9",
            "-Dline.separator=\r\n");
    Cli.process(
            cwd,
            jvm,
            "/nowhere",
            "generate",
            "tinyyolov2_96_int8.tflite",
            "--board",
            Cli.BOARD,
            "-o",
            "out")
        .succeeds();
    assertSame(Cli.tree(cwd.resolve("out")), expected);
  }

  @Test
  void aSecondTimeChangesNothing() throws Exception {
    Path out = folder.resolve("a");
    SortedMap<String, String> expected = generate(Cli.MODEL, out);
    Files.writeString(out.resolve("notes.txt"), "mine");
    SortedMap<String, String> again = generate(Cli.MODEL, out);
    assertThat(again.remove("notes.txt")).isEqualTo("mine");
    assertSame(again, expected);
  }

  /** Names the files that differ: whole trees are no readable message. */
  private static void assertSame(SortedMap<String, String> tree, SortedMap<String, String> other) {
    assertThat(tree.keySet()).isEqualTo(other.keySet());
    assertThat(tree.keySet()).allSatisfy(f -> assertThat(tree.get(f)).isEqualTo(other.get(f)));
  }

  private static SortedMap<String, String> generate(Path model, Path out) throws Exception {
    Cli.run("generate", model, "--board", Cli.BOARD, "-o", out).succeeds();
    return Cli.tree(out);
  }
}
