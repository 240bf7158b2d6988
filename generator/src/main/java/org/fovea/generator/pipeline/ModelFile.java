package org.fovea.generator.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Digests;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.card.ModelCards;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;

/**
 * A model as it came.
 *
 * @param name of the file, without its folder
 * @param graph of the file, simplified
 * @param card what is known beside the file, if anything is
 */
public record ModelFile(
    Path path, String name, String sha256, Graph graph, Optional<ModelCard> card) {
  private static final long MAX_BYTES = 512L << 20;

  /**
   * Reads a .tflite file, or OpenVINO's .xml and .bin.
   *
   * @throws UserFault.ModelRejected when it cannot be read or is damaged
   */
  public static ModelFile read(Path path) {
    return IrFiles.isXml(path) ? IrModel.read(path).file() : tflite(path);
  }

  private static ModelFile tflite(Path path) {
    byte[] bytes = bytes(path);
    Digests digests = Digests.of(bytes);
    ModelFile alone = alone(path, bytes, digests.sha256());
    return ModelCards.find(path, digests).map(alone::with).orElse(alone);
  }

  /**
   * The same without its card, whatever lies beside it.
   *
   * @throws UserFault.ModelRejected when it cannot be read or is damaged
   */
  public static ModelFile readAlone(Path path) {
    byte[] bytes = bytes(path);
    return alone(path, bytes, sha256(bytes));
  }

  private static ModelFile alone(Path path, byte[] bytes, String sha256) {
    String name = path.getFileName().toString();
    return new ModelFile(path, name, sha256, graph(path, bytes), Optional.empty());
  }

  /**
   * The same with a card that is not its own.
   *
   * @throws UserFault.ModelRejected when the card does not fit the model
   */
  public ModelFile with(ModelCard other) {
    check(other, graph);
    return new ModelFile(path, name, sha256, graph, Optional.of(other));
  }

  /** The file's bytes, read again; as a .tflite file where it is another. */
  public byte[] content() {
    return IrFiles.isXml(path) ? TfliteWriter.write(graph) : bytes(path);
  }

  /** Every finding names the file, since more than one may be on the command line. */
  private static Graph graph(Path path, byte[] bytes) {
    try {
      return Simplification.of(TfliteReader.read(bytes));
    } catch (UserFault.ModelRejected e) {
      throw new UserFault.ModelRejected(
          e.findings().stream()
              .map(f -> new Finding(path + ", " + f.where(), f.what(), f.why(), f.remedy()))
              .toList());
    }
  }

  static void check(ModelCard card, Graph graph) {
    List<Finding> findings =
        card.checkAgainst(
            graph.tensor(graph.inputs().get(0)).shape(),
            graph.outputs().stream().map(o -> graph.tensor(o).shape()).toList());
    if (!findings.isEmpty()) {
      throw new UserFault.ModelRejected(findings);
    }
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw rejected(path, "is a directory", "a model is one file");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw rejected(path, "is larger than 512 MiB", "no detector for a microcontroller is");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      String why = Files.exists(path) ? String.valueOf(e.getMessage()) : "there is no such file";
      throw rejected(path, "cannot be read", why);
    }
  }

  private static UserFault rejected(Path path, String what, String why) {
    return new UserFault.ModelRejected(
        List.of(
            new Finding(path.toString(), what, why, "give the path of a .tflite or .xml file")));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
