package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.lower.PixelSource;

/** Whether a camera's pixels can be a model's input, and how. */
final class Camera {
  private Camera() {}

  /**
   * How the device makes the model's rows; empty when they come as the model's own integers.
   *
   * @throws UserFault.UsageRefused when the input cannot be made of such pixels
   */
  static Optional<PixelSource> source(ModelFile model, PixelFormat pixels) {
    if (pixels == PixelFormat.RGB888) {
      return Optional.empty();
    }
    check(model, pixels);
    InputSpec spec = ManifestOf.spec(model.card());
    return Optional.of(
        new PixelSource(
            pixels,
            spec.colorOrder() == InputSpec.ColorOrder.BGR,
            spec.pixelScale(),
            spec.pixelOffset()));
  }

  /**
   * Refuses what no camera can feed.
   *
   * @throws UserFault.UsageRefused with every finding
   */
  static void check(ModelFile model, PixelFormat pixels) {
    if (pixels == PixelFormat.RGB888) {
      return;
    }
    Tensor input = model.graph().tensor(model.graph().inputs().get(0));
    String option = "--pixels " + pixels.name().toLowerCase(Locale.ROOT);
    Shape shape = input.shape();
    List<Finding> findings = new ArrayList<>();
    if (shape.channels() != PixelSource.CHANNELS) {
      findings.add(
          new Finding(
              option,
              "does not suit the input " + input.name() + " of " + shape,
              "its pixels have red, green and blue, and the input has no three channels",
              "leave --pixels out"));
    }
    if (shape.width() % pixels.group() != 0) {
      findings.add(
          new Finding(
              option,
              "does not suit an image " + shape.width() + " pixels wide",
              "two pixels side by side share their colour, and one would be left over",
              "take rgb565, or a model with an even width"));
    }
    if (!findings.isEmpty()) {
      throw new UserFault.UsageRefused(findings);
    }
  }
}
