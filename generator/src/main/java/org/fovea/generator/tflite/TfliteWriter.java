package org.fovea.generator.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.TensorType;

/**
 * Writes a graph of supported operators as a .tflite file. Same graph, same bytes. Tensors that
 * nothing uses are left out; constants are aligned to 16 bytes, as TFLite wants them.
 */
public final class TfliteWriter {
  private static final int SCHEMA_VERSION = 3;
  private static final int ALIGNMENT = 16;
  private static final int NO_BUFFER = 0;

  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 16);
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();
  private final List<Integer> codeOffsets = new ArrayList<>();

  private TfliteWriter() {}

  public static byte[] write(Graph graph) {
    TfliteWriter writer = new TfliteWriter();
    writer.model(graph);
    return writer.builder.sizedByteArray();
  }

  private void model(Graph graph) {
    buffers.add(Buffer.createBuffer(builder, 0));
    FileTensors tensors = new FileTensors(graph);
    OpWriter ops = new OpWriter(tensors);
    List<OpForm> forms = graph.ops().stream().map(op -> op.accept(ops)).toList();
    int[] tensorOffsets = tensors.written().stream().mapToInt(this::tensor).toArray();
    int[] opOffsets = forms.stream().mapToInt(this::operator).toArray();
    int subgraph = subgraph(graph, tensors, tensorOffsets, opOffsets);
    int subgraphs = Model.createSubgraphsVector(builder, new int[] {subgraph});
    int description = builder.createString(graph.description());
    int bufferVector = Model.createBuffersVector(builder, ints(buffers));
    int codeVector = Model.createOperatorCodesVector(builder, ints(codeOffsets));
    int model =
        Model.createModel(
            builder, SCHEMA_VERSION, codeVector, subgraphs, description, bufferVector, 0, 0, 0);
    Model.finishModelBuffer(builder, model);
  }

  private int subgraph(Graph graph, FileTensors tensors, int[] tensorOffsets, int[] opOffsets) {
    int tensorVector = SubGraph.createTensorsVector(builder, tensorOffsets);
    int inputs = SubGraph.createInputsVector(builder, indices(tensors, graph.inputs()));
    int outputs = SubGraph.createOutputsVector(builder, indices(tensors, graph.outputs()));
    int operators = SubGraph.createOperatorsVector(builder, opOffsets);
    int name = builder.createString("main");
    return SubGraph.createSubGraph(builder, tensorVector, inputs, outputs, operators, name);
  }

  private int tensor(Tensor tensor) {
    int buffer = tensor.data().map(data -> buffer(data.toBytes())).orElse(NO_BUFFER);
    int name = builder.createString(tensor.name());
    int[] dims = tensor.shape().dims().stream().mapToInt(d -> d).toArray();
    int shape = org.tensorflow.lite.schema.Tensor.createShapeVector(builder, dims);
    int quantization = quantization(tensor.quantization());
    byte type = type(tensor.type());
    return org.tensorflow.lite.schema.Tensor.createTensor(
        builder, shape, type, buffer, name, quantization, false, 0, 0, true, 0);
  }

  private int buffer(byte[] bytes) {
    builder.createUnintializedVector(1, bytes.length, ALIGNMENT).put(bytes);
    int data = builder.endVector();
    buffers.add(Buffer.createBuffer(builder, data));
    return buffers.size() - 1;
  }

  private int quantization(Quantization quantization) {
    if (quantization instanceof Quantization.PerTensor q) {
      return quantization(List.of(q.scale()), List.of(q.zeroPoint()), 0);
    }
    if (quantization instanceof Quantization.PerChannel q) {
      return quantization(q.scales(), q.zeroPoints(), q.axis());
    }
    return 0;
  }

  private int quantization(List<Float> scales, List<Integer> zeroPoints, int axis) {
    float[] floats = new float[scales.size()];
    long[] longs = new long[scales.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = scales.get(i);
      longs[i] = zeroPoints.get(i);
    }
    int scale = QuantizationParameters.createScaleVector(builder, floats);
    int zeroPoint = QuantizationParameters.createZeroPointVector(builder, longs);
    return QuantizationParameters.createQuantizationParameters(
        builder, 0, 0, scale, zeroPoint, (byte) 0, 0, axis);
  }

  private int operator(OpForm form) {
    int code = code(form);
    int inputs = Operator.createInputsVector(builder, ints(form.inputs()));
    int outputs = Operator.createOutputsVector(builder, ints(form.outputs()));
    int options = form.options().applyAsInt(builder);
    return Operator.createOperator(
        builder, code, inputs, outputs, form.optionsType(), options, 0, (byte) 0, 0, 0);
  }

  /** Place of the operator in the list of codes; each is listed once. All codes are below 127. */
  private int code(OpForm form) {
    if (!codes.contains(form.builtin())) {
      codes.add(form.builtin());
      byte narrow = (byte) form.builtin();
      codeOffsets.add(
          OperatorCode.createOperatorCode(builder, narrow, 0, form.version(), form.builtin()));
    }
    return codes.indexOf(form.builtin());
  }

  private static byte type(DataType type) {
    return switch (type) {
      case INT8 -> TensorType.INT8;
      case UINT8 -> TensorType.UINT8;
      case INT16 -> TensorType.INT16;
      case INT32 -> TensorType.INT32;
      case INT64 -> TensorType.INT64;
      case FLOAT32 -> TensorType.FLOAT32;
      case BOOL -> TensorType.BOOL;
      case OTHER -> throw new IllegalArgumentException("an unknown element type");
    };
  }

  private static int[] indices(FileTensors tensors, List<TensorId> ids) {
    return ints(tensors.indices(ids));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(v -> v).toArray();
  }
}
