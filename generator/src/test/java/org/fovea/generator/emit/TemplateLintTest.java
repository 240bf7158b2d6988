package org.fovea.generator.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates loop, test one boolean and print; everything else is decided in Java. */
class TemplateLintTest {
  private static final Path TEMPLATES = Path.of("..", "firmware-templates", "templates");
  private static final Pattern DIRECTIVE = Pattern.compile("<#(/?)(\\w+)([^>]*)>");
  private static final Pattern VALUE = Pattern.compile("\\$\\{([^}]*)}");
  private static final List<String> ALLOWED = List.of("list", "if", "else", "noparse");

  static Stream<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void decidesNothing(Path template) throws IOException {
    String text = Files.readString(template);
    DIRECTIVE
        .matcher(text)
        .results()
        .forEach(
            d -> {
              assertThat(d.group(2)).isIn(ALLOWED);
              assertThat(d.group(3)).matches("( [\\w.]+( as \\w+)?)?");
            });
    String printed = text.replaceAll("(?s)<#noparse>.*?</#noparse>", "");
    VALUE
        .matcher(printed)
        .results()
        .forEach(v -> assertThat(v.group(1)).matches("[\\w.]+(\\?size)?"));
  }
}
