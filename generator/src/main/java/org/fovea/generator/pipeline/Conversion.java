package org.fovea.generator.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.card.CardWriter;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.darknet.DarknetModel;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.OutputRefused;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.openvino.OpenVinoModel;
import org.fovea.generator.tflite.TfliteWriter;

/**
 * A network of Darknet or OpenVINO as a float .tflite file, with the model card that goes beside
 * it.
 *
 * @param card empty where the schema of cards cannot say what the network's heads are
 */
public record Conversion(Graph graph, Optional<ModelCard> card) {
  private static final String CARD = "model.yaml";
  private static final String COMMENT =
      "Model card written by fovea convert: check source, licence, weights and thresholds.";

  /** What AlexeyAB's Darknet shows unasked, with its overlap of non-maximum suppression. */
  private static final ModelCard.Thresholds THRESHOLDS = new ModelCard.Thresholds(0.25, 0.45, 100);

  /**
   * @param name of the model, told in the card
   * @param source of the model, told in the card
   * @param labels one for each class; class0, class1, ... where there are none
   * @throws UsageRefused when there are more or fewer labels than classes
   */
  public static Conversion of(
      DarknetModel model, String name, String source, Optional<List<String>> labels) {
    return of(model.graph(), model.heads(), input(model.letterbox()), name, source, labels);
  }

  /**
   * @param name as for Darknet, as are {@code source} and {@code labels}
   * @throws UsageRefused when there are more or fewer labels than classes
   */
  public static Conversion of(
      OpenVinoModel model, String name, String source, Optional<List<String>> labels) {
    return of(model.graph(), model.heads(), input(model), name, source, labels);
  }

  private static Conversion of(
      Graph graph,
      List<Head.Grid> heads,
      InputSpec input,
      String name,
      String source,
      Optional<List<String>> labels) {
    if (heads.isEmpty()) {
      return new Conversion(graph, Optional.empty());
    }
    int classes = heads.get(0).classes();
    List<String> names =
        labels.orElseGet(() -> IntStream.range(0, classes).mapToObj(i -> "class" + i).toList());
    if (names.size() != classes) {
      throw new UsageRefused(
          List.of(
              new Finding(
                  "labels",
                  names.size() + " names for " + classes + " classes",
                  "each class needs its name, in the order of training",
                  "give the .names file that the network was trained with")));
    }
    ModelCard card =
        new ModelCard(
            id(name),
            name.isBlank() ? "model" : name,
            source,
            "unknown",
            ModelCard.Weights.UNKNOWN,
            List.of(),
            input,
            List.<Head>copyOf(heads),
            THRESHOLDS,
            names,
            List.of());
    return new Conversion(graph, Optional.of(card));
  }

  /** Darknet's images are RGB from 0 to 1; its letterbox is filled with one half (image.c). */
  private static InputSpec input(boolean letterbox) {
    double scale = 1 / 255.;
    return new InputSpec(
        letterbox ? InputSpec.Fit.LETTERBOX : InputSpec.Fit.STRETCH,
        InputSpec.Resample.BILINEAR,
        InputSpec.ColorOrder.RGB,
        List.of(scale, scale, scale),
        List.of(0., 0., 0.),
        letterbox ? List.of(127.5, 127.5, 127.5) : List.of(0., 0., 0.));
  }

  /** The Open Model Zoo's habit: BGR from 0 to 255, stretched; then what the file does with it. */
  private static InputSpec input(OpenVinoModel model) {
    return new InputSpec(
        InputSpec.Fit.STRETCH,
        InputSpec.Resample.BILINEAR,
        InputSpec.ColorOrder.BGR,
        model.inputScale(),
        model.inputShift(),
        List.of(0., 0., 0.));
  }

  private static String id(String name) {
    String id =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[^a-z0-9]+", "");
    return id.isEmpty() ? "model" : id.substring(0, Math.min(64, id.length()));
  }

  /**
   * Refuses places that {@link #writeTo} would refuse, before any work is done.
   *
   * @throws OutputRefused when the file or a card beside it is there already
   */
  public static void checkPlace(Path tflite) {
    List<Finding> findings = new ArrayList<>();
    for (Path path : List.of(tflite, cardBeside(tflite))) {
      if (Files.exists(path)) {
        findings.add(taken(path));
      }
    }
    if (!findings.isEmpty()) {
      throw new OutputRefused(findings);
    }
  }

  public static Path cardBeside(Path tflite) {
    return tflite.resolveSibling(CARD);
  }

  /** Writes both files; what is there already stays as it is. */
  public void writeTo(Path tflite) {
    checkPlace(tflite);
    write(tflite, TfliteWriter.write(graph));
    card.map(c -> CardWriter.write(c, COMMENT))
        .ifPresent(c -> write(cardBeside(tflite), c.getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(Path path, byte[] bytes) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new OutputRefused(List.of(taken(path)));
    } catch (IOException e) {
      throw new OutputRefused(
          List.of(
              new Finding(
                  path.toString(),
                  "cannot be written",
                  e.getClass().getSimpleName() + " " + e.getMessage(),
                  "choose a folder that you may write to, on a disk with room")));
    }
  }

  private static Finding taken(Path path) {
    return new Finding(
        path.toString(),
        "is there already",
        "fovea convert overwrites nothing",
        "move it away, or name a file in another folder");
  }
}
