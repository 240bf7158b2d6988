package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.image.TensorFile;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.ManifestReader;

/**
 * What a model gave, wherever it ran, and how boxes are read out of it.
 *
 * @param values of each output, all finite
 */
record OutputTensors(Detector detector, List<float[]> values) {

  /**
   * Holds tensors against a card, and against the model where it is there.
   *
   * @param files one for each output of the model, in its order
   * @throws ModelRejected when the card does not fit the tensors
   * @throws ImageRejected when a file is no such tensor, or holds what is no number
   */
  static OutputTensors of(ModelCard card, Optional<ModelFile> model, List<TensorFile> files) {
    List<Tensor> declared =
        model
            .map(m -> m.graph().outputs().stream().map(m.graph()::tensor).toList())
            .orElse(List.of());
    if (model.isPresent() && declared.size() != files.size()) {
      throw rejected(
          model.get().name(),
          "has " + declared.size() + " outputs, and there are " + files.size() + " tensors",
          "each output is one file",
          "give one file for each output, in the model's order");
    }
    Shape image =
        model
            .map(m -> m.graph().tensor(m.graph().inputs().get(0)).shape())
            .orElseGet(() -> TensorShapes.image(card, files));
    List<Shape> shapes = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      TensorFile file = files.get(i);
      Optional<Tensor> tensor =
          declared.isEmpty() ? Optional.empty() : Optional.of(declared.get(i));
      Shape shape = tensor.map(Tensor::shape).orElse(TensorShapes.of(card, i, file, image));
      shapes.add(shape);
      float[] real = real(file, shape, tensor);
      notNumbers(file, real).ifPresent(findings::add);
      values.add(real);
    }
    if (!findings.isEmpty()) {
      throw new ImageRejected(findings);
    }
    var misfits = card.checkAgainst(image, shapes);
    if (!misfits.isEmpty()) {
      throw new ModelRejected(misfits);
    }
    byte[] manifest = DetectorManifest.ofOutputs(card, image, shapes);
    return new OutputTensors(ManifestReader.detector(manifest, card.id()), values);
  }

  /** The card of finished boxes of which nothing else is known. */
  static ModelCard finishedRows() {
    ModelCard plain = DetectorManifest.plainCard();
    return new ModelCard(
        "detection-output",
        plain.name(),
        plain.source(),
        plain.licence(),
        plain.weights(),
        plain.files(),
        plain.input(),
        List.of(new Head.Rows(0, 0, 0)),
        new ModelCard.Thresholds(plain.thresholds().score(), 1, 300),
        List.of(),
        List.of());
  }

  private static float[] real(TensorFile file, Shape shape, Optional<Tensor> tensor) {
    TensorFile.Type type = type(file, shape.elements());
    float[] numbers = file.numbers(type);
    if (numbers.length != shape.elements()) {
      throw rejected(
          file.path().toString(),
          "holds " + numbers.length + " numbers",
          "the model's output is " + shape,
          "give the tensors in the order of the model's outputs");
    }
    if (type == TensorFile.Type.FLOAT32 || type == TensorFile.Type.FLOAT64) {
      return numbers;
    }
    DataType wanted = type == TensorFile.Type.UINT8 ? DataType.UINT8 : DataType.INT8;
    Quantization quantization =
        tensor.filter(t -> t.type() == wanted).map(Tensor::quantization).orElse(Quantization.NONE);
    if (quantization instanceof Quantization.PerTensor q) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) ((double) q.scale() * (numbers[i] - q.zeroPoint()));
      }
      return numbers;
    }
    throw rejected(
        file.path().toString(),
        "holds " + Sizes.lower(wanted),
        tensor.isEmpty()
            ? "what the integers stand for is in the model file, not in its card"
            : "the model's output is " + Sizes.lower(tensor.get().type()),
        tensor.isEmpty()
            ? "give the model file: --model"
            : "save the tensor as the model gives it, or as float32");
  }

  /** Of bytes alone: float32 where that makes the wanted number of them, else int8. */
  private static TensorFile.Type type(TensorFile file, long elements) {
    if (file.type() != TensorFile.Type.UNKNOWN) {
      return file.type();
    }
    return file.data().length() == elements * Float.BYTES
        ? TensorFile.Type.FLOAT32
        : TensorFile.Type.INT8;
  }

  private static Optional<Finding> notNumbers(TensorFile file, float[] values) {
    int count = 0;
    int first = -1;
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Float.isFinite(values[i])) {
        count++;
        first = i;
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                file.path().toString(),
                count
                    + (" of its " + values.length + " values are NaN or infinite, the first (")
                    + (values[first] + ") at index " + first),
                "a score or an edge that is no number would lose boxes without a word",
                "look where the model overflows (float16? a division by 0?), and save it again"));
  }

  private static ImageRejected rejected(String where, String what, String why, String remedy) {
    return new ImageRejected(where, what, why, remedy);
  }
}
