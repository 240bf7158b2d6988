package org.fovea.generator.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/** Makes each operator ready to run: weights, tables and multipliers are computed here. */
final class OpPreparer implements Op.Cases<PreparedOp> {
  private final Graph graph;

  OpPreparer(Graph graph) {
    this.graph = graph;
  }

  @Override
  public PreparedOp conv2d(Op.Conv2d op) {
    Convolution convolution = Convolution.of(graph, op);
    return (in, cores) -> convolution.run(in.raw(op.input()), cores);
  }

  @Override
  public PreparedOp depthwiseConv2d(Op.DepthwiseConv2d op) {
    Convolution convolution = Convolution.of(graph, op);
    return (in, cores) -> convolution.run(in.raw(op.input()), cores);
  }

  @Override
  public PreparedOp maxPool2d(Op.MaxPool2d op) {
    PerTensor out = scale(op.output());
    FixedPoint.Range range =
        FixedPoint.activationRange(op.activation(), out.scale(), out.zeroPoint());
    MaxPool pool =
        new MaxPool(
            graph.tensor(op.input()).shape(),
            graph.tensor(op.output()).shape(),
            op.window(),
            op.padding(),
            range);
    return (in, cores) -> pool.run(in.raw(op.input()));
  }

  @Override
  public PreparedOp averagePool2d(Op.AveragePool2d op) {
    AveragePool pool = AveragePool.of(graph, op);
    return (in, cores) -> pool.run(in.raw(op.input()));
  }

  @Override
  public PreparedOp leakyRelu(Op.LeakyRelu op) {
    return throughTable(op);
  }

  @Override
  public PreparedOp relu(Op.Relu op) {
    return throughTable(op);
  }

  @Override
  public PreparedOp logistic(Op.Logistic op) {
    return throughTable(op);
  }

  @Override
  public PreparedOp softmax(Op.Softmax op) {
    Softmax softmax = Softmax.of(graph, op);
    return (in, cores) -> softmax.run(in.raw(op.input()));
  }

  @Override
  public PreparedOp pad(Op.Pad op) {
    byte zero = (byte) scale(op.output()).zeroPoint();
    Shape shape = graph.tensor(op.input()).shape();
    return (in, cores) -> Movement.pad(in.raw(op.input()), shape, op.padding(), zero);
  }

  @Override
  public PreparedOp add(Op.Add op) {
    Addition addition = Addition.of(graph, op);
    return (in, cores) -> addition.run(in.raw(op.first()), in.raw(op.second()));
  }

  @Override
  public PreparedOp addConstant(Op.AddConstant op) {
    Addition addition = Addition.of(graph, op);
    byte[] row = Addition.constantRow(graph, op);
    return (in, cores) -> addition.run(in.raw(op.input()), row);
  }

  @Override
  public PreparedOp concat(Op.Concat op) {
    int[] blocks =
        op.inputs().stream().mapToInt(id -> graph.tensor(id).shape().dim(op.axis())).toArray();
    return (in, cores) ->
        Movement.concatInnermost(op.inputs().stream().map(in::raw).toArray(byte[][]::new), blocks);
  }

  @Override
  public PreparedOp resizeNearest(Op.ResizeNearest op) {
    Shape shape = graph.tensor(op.input()).shape();
    int[] rowOf = NearestNeighbor.sourceRows(graph, op);
    int[] columnOf = NearestNeighbor.sourceColumns(graph, op);
    return (in, cores) -> Movement.resize(in.raw(op.input()), shape, rowOf, columnOf);
  }

  @Override
  public PreparedOp resizeBilinear(Op.ResizeBilinear op) {
    Bilinear bilinear = Bilinear.of(graph, op);
    Shape shape = graph.tensor(op.input()).shape();
    return (in, cores) -> bilinear.run(in.raw(op.input()), shape);
  }

  @Override
  public PreparedOp rearrange(Rearrangement op) {
    if (op instanceof Rearrangement.Gather gather) {
      int channels = graph.tensor(gather.input()).shape().channels();
      return (in, cores) ->
          Movement.gatherInnermost(in.raw(gather.input()), channels, gather.indices());
    }
    throw new IllegalStateException("the checker let " + op.kind() + " pass");
  }

  @Override
  public PreparedOp reshape(Op.Reshape op) {
    return (in, cores) -> in.bytes(op.input());
  }

  @Override
  public PreparedOp quantize(Op.Quantize op) {
    return switch (graph.tensor(op.input()).type()) {
      case FLOAT32 -> (in, cores) -> fromFloat(in.raw(op.input()), scale(op.output()));
      case UINT8 -> unsignedThroughTable(op);
      default -> throughTable(op);
    };
  }

  @Override
  public PreparedOp dequantize(Op.Dequantize op) {
    PerTensor scale = scale(op.input());
    return (in, cores) -> toFloat(in.raw(op.input()), scale);
  }

  @Override
  public PreparedOp throughFloat(Op.ThroughFloat op) {
    return throughTable(op);
  }

  @Override
  public PreparedOp unsupported(Op.Unsupported op) {
    throw new IllegalStateException("the checker let " + op.kind() + " pass");
  }

  private static byte[] fromFloat(byte[] bytes, PerTensor out) {
    ByteBuffer reals = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] stored = new byte[bytes.length / DataType.FLOAT32.bytes()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = FixedPoint.quantize(reals.getFloat(), out.scale(), out.zeroPoint());
    }
    return stored;
  }

  private static byte[] toFloat(byte[] stored, PerTensor in) {
    ByteBuffer reals =
        ByteBuffer.allocate(stored.length * DataType.FLOAT32.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (byte q : stored) {
      reals.putFloat(FixedPoint.dequantize(q, in.scale(), in.zeroPoint()));
    }
    return reals.array();
  }

  private PreparedOp throughTable(Op.Unary op) {
    byte[] table = OpTable.of(graph, op);
    return (in, cores) -> {
      byte[] bytes = in.bytes(op.input());
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = table[bytes[i] + 128];
      }
      return bytes;
    };
  }

  private PreparedOp unsignedThroughTable(Op.Quantize op) {
    byte[] table = OpTable.of(graph, op);
    return (in, cores) -> {
      byte[] bytes = in.bytes(op.input());
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = table[Byte.toUnsignedInt(bytes[i])];
      }
      return bytes;
    };
  }

  private PerTensor scale(TensorId id) {
    return (PerTensor) graph.tensor(id).quantization();
  }
}
