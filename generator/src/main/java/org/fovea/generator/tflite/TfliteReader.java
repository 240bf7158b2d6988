package org.fovea.generator.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;

/**
 * Reads a .tflite file into a {@link Graph}. Tensors keep the file's numbers; biases that the file
 * leaves out follow behind. Operators that Fovea does not know become {@link Op.Unsupported}.
 */
public final class TfliteReader {
  private static final int MAX_FILE_BYTES = 128 << 20;
  private static final int MAX_TENSORS = 16_384;
  private static final int MAX_OPERATORS = 4_096;
  private static final int MAX_EDGES = 256;
  private static final int TABLE_BYTES = 8;
  private static final int SCHEMA_VERSION = 3;

  private final Model model;
  private final Budget budget;

  private TfliteReader(byte[] file) {
    this.model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    this.budget = new Budget(file.length);
  }

  public static Graph read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] file = in.readNBytes(MAX_FILE_BYTES + 1);
      if (file.length > MAX_FILE_BYTES) {
        throw rejected("larger than 128 MiB", "no board holds it", "choose a smaller model");
      }
      return read(file);
    } catch (NoSuchFileException e) {
      throw rejected("there is no file " + path, "nothing to read", "check the path");
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      throw rejected(path + " cannot be read", reason, "name a readable .tflite file");
    }
  }

  public static Graph read(byte[] file) {
    if (file.length < 8 || !hasIdentifier(file)) {
      throw rejected(
          "not a TensorFlow Lite file",
          "the mark TFL3 is missing at byte 4",
          "name a .tflite file; convert Keras, ONNX or PyTorch models to TFLite first");
    }
    try {
      return new TfliteReader(file).graph();
    } catch (IndexOutOfBoundsException outOfTheFile) {
      throw Budget.damaged("model file", "an offset points outside the file");
    }
  }

  private static boolean hasIdentifier(byte[] file) {
    return file[4] == 'T' && file[5] == 'F' && file[6] == 'L' && file[7] == '3';
  }

  private Graph graph() {
    if (model.version() != SCHEMA_VERSION) {
      throw Budget.damaged("model file", "has schema version " + model.version() + ", not 3");
    }
    if (model.subgraphsLength() != 1) {
      throw rejected(
          "has " + model.subgraphsLength() + " subgraphs",
          "Fovea runs models of exactly one",
          "export the inference function alone, without control flow");
    }
    SubGraph subgraph = model.subgraphs(0);
    List<Tensor> tensors = tensors(subgraph);
    List<Op> ops = ops(subgraph, tensors);
    String description = budget.text("description", model::descriptionAsByteBuffer);
    List<TensorId> inputs =
        ids("inputs", subgraph.inputsLength(), subgraph::inputs, tensors.size());
    List<TensorId> outputs =
        ids("outputs", subgraph.outputsLength(), subgraph::outputs, tensors.size());
    return new Graph(description, tensors, ops, inputs, outputs);
  }

  private List<Tensor> tensors(SubGraph subgraph) {
    int count = budget.take("list of tensors", subgraph.tensorsLength(), TABLE_BYTES);
    atMost(MAX_TENSORS, count, "tensors");
    TensorReader reader = new TensorReader(model, budget);
    List<Tensor> tensors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tensors.add(reader.read(new TensorId(i), subgraph.tensors(i)));
    }
    reader.rejectIfFaulty();
    return tensors;
  }

  /** Adds the biases that are absent in the file to {@code tensors}. */
  private List<Op> ops(SubGraph subgraph, List<Tensor> tensors) {
    int count = budget.take("list of operators", subgraph.operatorsLength(), TABLE_BYTES);
    atMost(MAX_OPERATORS, count, "operators");
    OpReader reader = new OpReader(model, budget, tensors);
    List<Op> ops = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ops.add(reader.read(i, subgraph.operators(i)));
    }
    return ops;
  }

  private List<TensorId> ids(String what, int length, IndexVector vector, int tensors) {
    int count = budget.take("the model's " + what, length, 4);
    atMost(MAX_EDGES, count, what);
    List<TensorId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(Operands.id("the model's " + what, vector.at(i), tensors));
    }
    return ids;
  }

  private static void atMost(int limit, int count, String what) {
    if (count > limit) {
      throw rejected(
          "has " + count + " " + what, "Fovea reads at most " + limit, "choose a smaller model");
    }
  }

  private static ModelRejected rejected(String what, String why, String remedy) {
    return new ModelRejected(List.of(new Finding("model file", what, why, remedy)));
  }

  /** Element {@code i} of a vector of tensor numbers. */
  interface IndexVector {
    int at(int i);
  }
}
