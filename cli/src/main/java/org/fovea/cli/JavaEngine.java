package org.fovea.cli;

import java.util.List;
import java.util.Map;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Input;

/** The reference executor in Java: bit for bit what the firmware computes. */
final class JavaEngine implements Engine {
  static final String ARITHMETIC = "int8, TFLite reference";

  private final Compiled compiled;
  private final PreparedModel model;
  private final Detector detector;

  JavaEngine(Compiled compiled, Detector detector) {
    this.compiled = compiled;
    this.model = PreparedModel.of(compiled.model().graph());
    this.detector = detector;
  }

  @Override
  public String title() {
    return "Java, " + ARITHMETIC + " arithmetic";
  }

  @Override
  public String arithmetic() {
    return ARITHMETIC;
  }

  @Override
  public Input input() {
    return detector.input();
  }

  @Override
  public List<List<Detection>> detect(List<ImageInput> images) {
    return images.stream().map(this::detect).toList();
  }

  private List<Detection> detect(ImageInput image) {
    Network.Input input = compiled.network().input();
    byte[] bytes = Oracle.modelInput(compiled, image.tensor());
    Activations activations = model.run(Map.of(input.modelInput(), bytes));
    List<Bytes> outputs =
        compiled.network().outputs().stream()
            .map(output -> Bytes.of(activations.bytes(output.tensor())))
            .toList();
    return new Decoder(detector).decode(outputs, image.placement());
  }
}
