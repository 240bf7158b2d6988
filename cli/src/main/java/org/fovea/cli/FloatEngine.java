package org.fovea.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Input;

/** TFLite's own interpreter for a float model: an interpreter a thread, one core each. */
final class FloatEngine implements Engine {
  private static final String ARITHMETIC = "float32, TFLite";

  private final byte[] model;
  private final RealPixels pixels;
  private final Detector detector;
  private final Queue<TfliteInterpreter> idle = new ConcurrentLinkedQueue<>();

  /**
   * Opens a model, which is checked by this.
   *
   * @param detector whose input is the plain pixels
   */
  FloatEngine(byte[] model, InputSpec spec, Detector detector) {
    this.model = model.clone();
    this.pixels = new RealPixels(detector.input(), spec);
    this.detector = detector;
    idle.add(open());
  }

  private TfliteInterpreter open() {
    return TfliteInterpreter.open(model, TfliteInterpreter.Kernels.DEFAULT, 1);
  }

  @Override
  public String title() {
    return "TensorFlow Lite, float32";
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
    TfliteInterpreter free = idle.poll();
    TfliteInterpreter interpreter = free == null ? open() : free;
    try {
      List<float[]> outputs =
          interpreter.run(List.of(pixels.of(image.tensor()))).stream()
              .map(FloatEngine::floats)
              .toList();
      return new Decoder(detector).decodeReal(outputs, image.placement());
    } finally {
      idle.add(interpreter);
    }
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @Override
  public void close() {
    idle.forEach(TfliteInterpreter::close);
  }
}
