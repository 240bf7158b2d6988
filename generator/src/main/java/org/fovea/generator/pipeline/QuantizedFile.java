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
import java.util.stream.Collectors;
import org.fovea.generator.card.CardWriter;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.OutputRefused;
import org.fovea.generator.quantize.Quantized;
import org.fovea.generator.quantize.Settings;
import org.fovea.generator.tflite.TfliteWriter;

/** An int8 .tflite file, and beside it NAME.yaml, the card for NAME.tflite alone. */
public final class QuantizedFile {
  private QuantizedFile() {}

  /**
   * Refuses places that {@link #write} would refuse, before any work is done.
   *
   * @throws OutputRefused when the file or its card is there already
   */
  public static void checkPlace(Path tflite) {
    List<Finding> findings = new ArrayList<>();
    for (Path path : List.of(tflite, cardOf(tflite))) {
      if (Files.exists(path)) {
        findings.add(taken(path));
      }
    }
    if (!findings.isEmpty()) {
      throw new OutputRefused(findings);
    }
  }

  /** Where the card goes. */
  public static Path cardOf(Path tflite) {
    String name = String.valueOf(tflite.getFileName());
    return tflite.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ".yaml");
  }

  /**
   * Writes both files; what is there already stays as it is.
   *
   * @param card of the float model
   */
  public static void write(Path tflite, Quantized quantized, ModelCard card, Settings settings) {
    checkPlace(tflite);
    byte[] bytes = TfliteWriter.write(quantized.graph());
    ModelCard.ModelFile file =
        new ModelCard.ModelFile(String.valueOf(tflite.getFileName()), ModelFile.sha256(bytes));
    ModelCard own =
        new ModelCard(
            card.id(),
            card.name(),
            card.source(),
            card.licence(),
            card.weights(),
            List.of(file),
            card.input(),
            quantized.heads(),
            card.thresholds(),
            card.labels(),
            List.of());
    String text = CardWriter.write(own, comment(settings));
    writeNew(tflite, bytes);
    writeNew(cardOf(tflite), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String comment(Settings settings) {
    String steps =
        settings.steps().stream()
            .sorted()
            .map(QuantizedFile::lower)
            .collect(Collectors.joining(","));
    return "Quantised by fovea quantize --method %s --steps %s%s"
        .formatted(
            lower(settings.method()),
            steps.isEmpty() ? "none" : steps,
            settings.perTensorWeights() ? " --per-tensor" : "");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void writeNew(Path path, byte[] bytes) {
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
        "fovea quantize overwrites nothing",
        "move it away, or name a file in another folder");
  }
}
