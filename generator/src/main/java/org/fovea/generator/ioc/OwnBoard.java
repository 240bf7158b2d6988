package org.fovea.generator.ioc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.fovea.generator.fault.UserFault.OutputRefused;
import org.fovea.generator.yaml.Spelling;

/**
 * A board file of the user's own: a copy of a known board's, comments included, with what a project
 * of STM32CubeMX says taken over. The text reads back as {@code board}.
 *
 * @param changes what differs from the known board, a line each
 * @param remarks what a person has to look at
 */
public record OwnBoard(Board board, String text, List<String> changes, List<String> remarks) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public OwnBoard {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /**
   * The copy of a known board.
   *
   * @param baseId of a board that ships with Fovea
   * @param id of the new one
   * @throws BoardRejected when there is no such board, or the id is none or taken
   */
  public static OwnBoard copy(String baseId, String id) {
    return new BoardDraft(base(baseId), free(id)).finish();
  }

  /**
   * The same with a project's facts.
   *
   * @param uart which serial port reaches the PC, where the project has several
   * @throws BoardRejected also when the project contradicts itself or the known board
   */
  public static OwnBoard of(String baseId, String id, IocFile ioc, Optional<String> uart) {
    BoardDraft draft = new BoardDraft(base(baseId), free(id));
    draft.take(ioc, uart);
    return draft.finish();
  }

  private static Board base(String id) {
    if (!BoardCatalogue.ids().contains(id)) {
      throw rejected(
          "--from " + id,
          "no board has this id",
          "a board file of your own begins as a copy of one that Fovea knows",
          "nearest: " + String.join(", ", Spelling.nearest(id, BoardCatalogue.ids(), 3)));
    }
    return BoardCatalogue.find(id);
  }

  private static String free(String id) {
    if (!ID.matcher(id).matches()) {
      throw rejected(
          "id '" + id + "'",
          "is no id of a board",
          "it has lower-case letters, digits and hyphens, at most 40",
          "give one with --id");
    }
    if (BoardCatalogue.ids().contains(id)) {
      throw rejected(
          "id '" + id + "'",
          "is that of a board that Fovea knows",
          "projects and reports would name the wrong board",
          "give another one with --id");
    }
    return id;
  }

  /**
   * Writes the file; what is there already stays as it is.
   *
   * @throws OutputRefused when something is there, or it cannot be written
   */
  public void writeTo(Path file) {
    try {
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw refused(file, "is there already", "fovea overwrites nothing", "name another file");
    } catch (IOException e) {
      throw refused(
          file,
          "cannot be written",
          e.getClass().getSimpleName() + " " + e.getMessage(),
          "choose a folder that is there and that you may write to");
    }
  }

  private static BoardRejected rejected(String where, String what, String why, String remedy) {
    return new BoardRejected(List.of(new Finding(where, what, why, remedy)));
  }

  private static OutputRefused refused(Path file, String what, String why, String remedy) {
    return new OutputRefused(List.of(new Finding(file.toString(), what, why, remedy)));
  }
}
