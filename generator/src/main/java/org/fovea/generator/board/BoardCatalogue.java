package org.fovea.generator.board;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.fovea.generator.yaml.Spelling;
import org.fovea.generator.yaml.YamlFile;

/** The boards that ship with Fovea, and the user's own by the path of their file. */
public final class BoardCatalogue {
  private static final String FOLDER = "boards/";

  private BoardCatalogue() {}

  /** Ids of the boards that ship with Fovea, in alphabetical order. */
  public static List<String> ids() {
    return YamlFile.bundled(FOLDER + "index.txt").lines();
  }

  /** The boards that ship with Fovea, in the order of their ids. */
  public static List<Board> all() {
    return ids().stream().map(BoardCatalogue::bundled).toList();
  }

  /** A board by its id, one of {@link #ids}, or by the path of its YAML file. */
  public static Board find(String idOrPath) {
    if (ids().contains(idOrPath)) {
      return bundled(idOrPath);
    }
    return isFile(idOrPath) ? ofFile(Path.of(idOrPath)) : unknown(idOrPath);
  }

  /** The user's own board. */
  public static Board ofFile(Path path) {
    return parse(YamlFile.of(path, BoardRejected::new));
  }

  /** The text of a board that ships with Fovea, comments included. */
  public static String text(String id) {
    return YamlFile.bundled(FOLDER + id + ".yaml").text();
  }

  /**
   * The board that a text describes.
   *
   * @param name how findings name it
   */
  public static Board ofText(String name, String text) {
    return parse(new YamlFile(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  static Board parse(YamlFile file) {
    return file.read(new BoardSchema(ids())::read, BoardRejected::new);
  }

  private static Board bundled(String id) {
    return parse(YamlFile.bundled(FOLDER + id + ".yaml"));
  }

  private static boolean isFile(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Board unknown(String idOrPath) {
    throw new BoardRejected(
        List.of(
            new Finding(
                "board '" + idOrPath + "'",
                "unknown",
                "it is neither the id of a board nor the path of a YAML file",
                "nearest ids: " + String.join(", ", Spelling.nearest(idOrPath, ids(), 3)))));
  }
}
