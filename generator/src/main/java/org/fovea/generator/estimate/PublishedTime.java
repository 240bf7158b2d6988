package org.fovea.generator.estimate;

import java.util.Optional;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.yaml.YamlFile;

/**
 * What somebody else measured for the network of a model card, with an engine of their own. From
 * {@code models/published-times.csv}, which names the source.
 */
public record PublishedTime(int megahertz, double milliseconds, String engine) {

  /**
   * The time for a card, an image and a board.
   *
   * @param image 1 x height x width x channels
   */
  public static Optional<PublishedTime> of(String card, Shape image, String board) {
    String key = String.join(",", card, "" + image.height(), "" + image.width(), board) + ",";
    return YamlFile.bundled("models/published-times.csv").lines().stream()
        .filter(l -> l.startsWith(key))
        .findFirst()
        .map(l -> l.substring(key.length()).split(",", -1))
        .map(f -> new PublishedTime(Integer.parseInt(f[0]), Double.parseDouble(f[1]), f[2]));
  }
}
