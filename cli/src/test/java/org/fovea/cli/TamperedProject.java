package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generated projects, changed where a board would go wrong. */
final class TamperedProject {
  private TamperedProject() {}

  /** Another value of one weight. */
  static void flipWeight(Path project) throws IOException {
    Path weights = project.resolve("generated/fv_weights.c");
    String text = Files.readString(weights);
    int escape = text.indexOf("\"\\") + 4;
    char flipped = text.charAt(escape) == '0' ? '1' : '0';
    Files.writeString(weights, text.substring(0, escape) + flipped + text.substring(escape + 1));
  }

  /** Another zero point of the second layer's output. */
  static void shiftSecondLayer(Path project) throws IOException {
    Path network = project.resolve("generated/fv_network.c");
    String code = Files.readString(network);
    int second = code.indexOf(".out_zero_point", code.indexOf("layer_1 = {"));
    Files.writeString(
        network,
        code.substring(0, second)
            + code.substring(second).replaceFirst("out_zero_point = -?\\d+", "out_zero_point = 3"));
  }
}
