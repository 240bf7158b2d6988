package org.fovea.generator.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The scratch macros of {@code fv_scratch.h}, evaluated as the C compiler would. */
final class ScratchDeclarations {
  private static final String RESOURCE = "/firmware-templates/kernels/fv_scratch.h";
  private static final Pattern MACRO =
      Pattern.compile("(?m)^#define (FV_\\w+_SCRATCH_\\w+)\\(([^)]*)\\)(.*)$");

  private record Macro(List<String> parameters, Expression body) {}

  private final Map<String, Macro> macros = new LinkedHashMap<>();

  private ScratchDeclarations() {}

  static ScratchDeclarations load() {
    try (InputStream in = ScratchDeclarations.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScratchDeclarations parse(String header) {
    ScratchDeclarations declarations = new ScratchDeclarations();
    Matcher m = MACRO.matcher(header.replace("\\\n", " "));
    while (m.find()) {
      List<String> parameters = Arrays.stream(m.group(2).split(",", -1)).map(String::trim).toList();
      declarations.macros.put(m.group(1), new Macro(parameters, Expression.parse(m.group(3))));
    }
    return declarations;
  }

  /**
   * Bytes of scratch of {@code function} in {@code variant}; 0 when it declares none.
   *
   * @param values of the macro's parameters, by name
   */
  long bytes(String function, String variant, Map<String, Long> values) {
    return find(function, variant).map(m -> m.body().evaluate(values)).orElse(0L);
  }

  /** The macro's arguments as C text; empty when it declares none. */
  String arguments(String function, String variant, Map<String, Long> values) {
    return find(function, variant)
        .map(
            m ->
                m.parameters().stream()
                    .map(p -> String.valueOf(values.get(p)))
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }

  private Optional<Macro> find(String function, String variant) {
    return Optional.ofNullable(
        macros.get((function + "_SCRATCH_" + variant).toUpperCase(Locale.ROOT)));
  }
}
