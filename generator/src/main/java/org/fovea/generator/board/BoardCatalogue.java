package org.fovea.generator.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** The boards that come with Fovea, and the user's own files. */
public final class BoardCatalogue {
  private static final int MAX_FILE = 1 << 20;

  private BoardCatalogue() {}

  /** Ids of the bundled boards, in the order in which they are shown. */
  public static List<String> ids() {
    return resource("INDEX").lines().filter(l -> !l.isBlank()).toList();
  }

  /** All bundled boards. */
  public static List<Board> all() {
    return ids().stream().map(BoardCatalogue::bundled).toList();
  }

  /**
   * A board by id, or by the path of a YAML file.
   *
   * @throws UserFault.BoardRejected when there is none such, or its file has findings
   */
  public static Board find(String idOrPath) {
    if (ids().contains(idOrPath)) {
      return bundled(idOrPath);
    }
    if (idOrPath.endsWith(".yaml") || idOrPath.endsWith(".yml") || idOrPath.contains("/")) {
      return fromFile(Path.of(idOrPath));
    }
    throw rejected(
        idOrPath,
        "is no board that Fovea knows",
        "ids come from fovea boards",
        "known: " + nearestFirst(idOrPath) + "; or give the path of a board file");
  }

  private static Board bundled(String id) {
    return BoardReader.read("boards/" + id + ".yaml", resource(id + ".yaml"));
  }

  private static Board fromFile(Path file) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw rejected(file.toString(), "is too large", "a board file is text", "see boards/");
      }
      return BoardReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw rejected(
          file.toString(),
          "cannot be read",
          e.getClass().getSimpleName() + " " + e.getMessage(),
          "give the id of a board (fovea boards) or the path of a board file");
    }
  }

  private static UserFault.BoardRejected rejected(
      String where, String what, String why, String remedy) {
    return new UserFault.BoardRejected(List.of(new Finding(where, what, why, remedy)));
  }

  /** Ids, the most alike first. */
  private static String nearestFirst(String id) {
    List<String> all = new ArrayList<>(ids());
    all.sort(java.util.Comparator.comparingInt((String known) -> distance(id, known)));
    return all.stream().collect(Collectors.joining(", "));
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= Math.min(a.length(), 100); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static String resource(String name) {
    try (InputStream in = BoardCatalogue.class.getResourceAsStream("/boards/" + name)) {
      if (in == null) {
        throw new IllegalStateException("boards/ lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
