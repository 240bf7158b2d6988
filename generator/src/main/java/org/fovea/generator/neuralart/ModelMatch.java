package org.fovea.generator.neuralart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;

/**
 * The compiled network beside the model that it is said to be made of.
 *
 * @param input of the compiled network
 * @param flipped whether the compiled input is unsigned where the model's is signed, or the other
 *     way round: the same pixels, 128 apart
 * @param outputs for each output of the model, in its order, the compiled network's number of it
 */
public record ModelMatch(Buffer input, boolean flipped, List<Integer> outputs) {
  private static final int SIGN = 128;

  /** Of float32: what is left of a scale on its way through decimal text. */
  private static final double TOLERANCE = 1e-6;

  public ModelMatch {
    outputs = List.copyOf(outputs);
  }

  /**
   * Finds each of the model's tensors among the compiled buffers, whose names and order are the
   * compiler's own.
   *
   * @param file the compiled network's, for findings
   * @param model its input and outputs
   * @param findings one for each tensor that is not there
   */
  public static Optional<ModelMatch> of(
      CompiledNetwork network, String file, Network model, List<Finding> findings) {
    Network.Input input = model.input();
    List<Network.Output> outputs = model.outputs();
    int before = findings.size();
    if (network.inputs().size() != 1) {
      findings.add(other(file, "has " + network.inputs().size() + " inputs", "the model has one"));
    }
    Optional<Buffer> in = network.inputs().stream().findFirst();
    boolean flipped = in.isPresent() && in.get().type() != input.type();
    in.filter(b -> !isInput(b, input)).ifPresent(b -> findings.add(different(file, b, input)));
    if (network.outputs().size() != outputs.size()) {
      findings.add(
          other(
              file,
              "has " + network.outputs().size() + " outputs",
              "the model has " + outputs.size()));
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (Network.Output output : outputs) {
      int number = find(network.outputs(), output, numbers);
      numbers.add(number);
      if (number < 0) {
        findings.add(missing(file, network.outputs(), output));
      }
    }
    return findings.size() == before
        ? Optional.of(new ModelMatch(in.orElseThrow(), flipped, numbers))
        : Optional.empty();
  }

  /** The same pixels, with or without a sign. */
  private static boolean isInput(Buffer buffer, Network.Input input) {
    boolean bytes = buffer.type() == DataType.INT8 || buffer.type() == DataType.UINT8;
    int sign = buffer.type() == input.type() ? 0 : buffer.type() == DataType.UINT8 ? SIGN : -SIGN;
    return bytes
        && buffer.shape().equals(input.shape())
        && same(buffer.quantization(), input.scale(), input.zeroPoint() + sign);
  }

  private static int find(List<Buffer> buffers, Network.Output output, List<Integer> taken) {
    for (int i = 0; i < buffers.size(); i++) {
      Buffer buffer = buffers.get(i);
      if (!taken.contains(i)
          && buffer.type() == DataType.INT8
          && buffer.shape().equals(output.shape())
          && same(buffer.quantization(), output.scale(), output.zeroPoint())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(Quantization compiled, float scale, int zeroPoint) {
    return compiled instanceof Quantization.PerTensor q
        && Math.abs(q.scale() - scale) <= TOLERANCE * scale
        && q.zeroPoint() == zeroPoint;
  }

  private static Finding different(String file, Buffer found, Network.Input wanted) {
    return other(
        file,
        "its input is " + text(found),
        "the model's is "
            + text(wanted.shape(), wanted.type(), wanted.scale(), wanted.zeroPoint()));
  }

  private static Finding missing(String file, List<Buffer> buffers, Network.Output output) {
    String wanted = text(output.shape(), DataType.INT8, output.scale(), output.zeroPoint());
    Optional<Buffer> real =
        buffers.stream()
            .filter(b -> b.type() == DataType.FLOAT32 && b.shape().equals(output.shape()))
            .findFirst();
    if (real.isPresent()) {
      return new Finding(
          file,
          "its output is " + text(real.get()),
          "the link sends the model's int8: " + wanted,
          "generate with --output-data-type int8, or of a model without a DEQUANTIZE at its end");
    }
    return other(
        file,
        "its outputs are " + String.join("; ", buffers.stream().map(ModelMatch::text).toList()),
        "one of the model's is " + wanted);
  }

  private static String text(Buffer buffer) {
    return buffer.quantization() instanceof Quantization.PerTensor q
        ? text(buffer.shape(), buffer.type(), q.scale(), q.zeroPoint())
        : buffer.shape() + " " + name(buffer.type()) + " without one scale";
  }

  private static String text(Shape shape, DataType type, float scale, int zeroPoint) {
    return shape + " " + name(type) + ", scale " + scale + ", zero point " + zeroPoint;
  }

  private static String name(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static Finding other(String file, String what, String why) {
    return new Finding(
        file,
        what,
        why,
        "it is compiled from another model, or with other types: give the .tflite file that"
            + " stedgeai read");
  }
}
