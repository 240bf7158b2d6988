package org.fovea.generator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A folder as ST Edge AI writes it, from the stand-in in firmware-templates/tests/neural-art. */
public final class NpuFolder {
  public static final String SOURCE = "detector.c";
  public static final String BLOBS = "detector_ecblobs.h";
  public static final String WEIGHTS = "detector_atonbuf.xSPI2.raw";

  /** Of the stand-in's weights. */
  public static final int WEIGHTS_BYTES = 2532;

  private static final Path STAND_IN = Path.of("../firmware-templates/tests/neural-art/compiled");

  private NpuFolder() {}

  /**
   * Writes one.
   *
   * @param edit of the C file; must change it, unless it is the identity
   */
  public static Path write(Path folder, UnaryOperator<String> edit) throws IOException {
    Files.createDirectories(folder);
    String source = Files.readString(STAND_IN.resolve(SOURCE));
    Files.writeString(folder.resolve(SOURCE), edit.apply(source));
    Files.copy(STAND_IN.resolve(BLOBS), folder.resolve(BLOBS));
    Files.write(folder.resolve(WEIGHTS), new byte[WEIGHTS_BYTES]);
    return folder;
  }

  /** Replaces a text that must be there. */
  public static UnaryOperator<String> replace(String text, String other) {
    return source -> {
      if (!source.contains(text)) {
        throw new IllegalArgumentException("the stand-in lacks " + text);
      }
      return source.replace(text, other);
    };
  }
}
