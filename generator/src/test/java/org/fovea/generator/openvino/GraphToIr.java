package org.fovea.generator.openvino;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.openvino.IrBuilder.Out;
import org.fovea.generator.openvino.IrBuilder.Reals;

/** A float graph of convolutions, LeakyReLU and max pools as OpenVINO would write it down. */
final class GraphToIr {
  /** What is written besides the network itself. */
  enum Form {
    FLOAT,
    HALF,
    /** Weights of 255 levels, and rounded activations. */
    FAKE_QUANTIZED
  }

  private final Graph graph;
  private final Form form;
  private final IrBuilder ir;
  private final Map<TensorId, Out> outs = new HashMap<>();

  private GraphToIr(Graph graph, Form form) {
    this.graph = graph;
    this.form = form;
    this.ir = new IrBuilder(11, form == Form.HALF ? Reals.F16 : Reals.F32, 1);
  }

  static IrBuilder of(Graph graph, Form form) {
    GraphToIr writer = new GraphToIr(graph, form);
    TensorId image = graph.inputs().get(0);
    int[] dims = nchw(graph.tensor(image).shape());
    String data = "element_type=f32 shape=" + commas(dims[0], dims[1], dims[2], dims[3]);
    writer.outs.put(image, writer.ir.shaped("Parameter", data, dims));
    graph.ops().forEach(writer::add);
    graph.outputs().forEach(o -> writer.ir.result(writer.outs.get(o)));
    return writer.ir;
  }

  private static int[] nchw(Shape s) {
    return new int[] {1, s.channels(), s.height(), s.width()};
  }

  private static String commas(Integer... numbers) {
    return String.join(",", Arrays.stream(numbers).map(String::valueOf).toList());
  }

  private static String window(Window w, Padding p) {
    return "strides=%s pads_begin=%s pads_end=%s"
        .formatted(
            commas(w.strideY(), w.strideX()),
            commas(p.top(), p.left()),
            commas(p.bottom(), p.right()));
  }

  private void add(Op op) {
    if (op instanceof Op.Conv2d conv) {
      convolution(conv);
    } else if (op instanceof Op.MaxPool2d pool) {
      Window w = pool.window();
      put(
          pool.output(),
          "MaxPool",
          window(w, pool.padding())
              + " rounding_type=floor auto_pad=explicit kernel="
              + commas(w.height(), w.width()),
          outs.get(pool.input()));
    } else if (op instanceof Op.LeakyRelu leaky) {
      Out slope = ir.reals(new double[] {leaky.alpha()}, 1);
      put(leaky.output(), "PReLU", "", outs.get(leaky.input()), slope);
      if (form == Form.FAKE_QUANTIZED) {
        rounded(leaky.output());
      }
    } else {
      throw new IllegalArgumentException(op.kind());
    }
  }

  private void convolution(Op.Conv2d conv) {
    Tensor weights = graph.tensor(conv.weights());
    Shape s = weights.shape();
    float[] ohwi = floats(weights);
    double[] oihw = new double[ohwi.length];
    int area = s.dim(1) * s.dim(2);
    for (int i = 0; i < ohwi.length; i++) {
      int c = i % s.dim(3);
      int pixel = i / s.dim(3) % area;
      oihw[(i / s.dim(3) / area * s.dim(3) + c) * area + pixel] = ohwi[i];
    }
    Out kernel = ir.reals(oihw, s.dim(0), s.dim(3), s.dim(1), s.dim(2));
    if (form == Form.FAKE_QUANTIZED) {
      kernel = rounded(kernel, oihw, s.dim(0));
    }
    Out in = outs.get(conv.input());
    Out sum = put(conv.output(), "Convolution", window(conv.window(), conv.padding()), in, kernel);
    float[] bias = floats(graph.tensor(conv.bias()));
    double[] shift = new double[bias.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = bias[i];
    }
    put(conv.output(), "Add", "", sum, ir.reals(shift, 1, shift.length, 1, 1));
    if (conv.activation() == FusedActivation.RELU) {
      put(conv.output(), "ReLU", "", outs.get(conv.output()));
    }
  }

  /** Each filter to 255 levels around 0. */
  private Out rounded(Out kernel, double[] weights, int filters) {
    int each = weights.length / filters;
    List<Double> most = new ArrayList<>();
    for (int f = 0; f < filters; f++) {
      double[] own = Arrays.copyOfRange(weights, f * each, (f + 1) * each);
      most.add(Arrays.stream(own).map(Math::abs).max().orElse(1));
    }
    double[] high = most.stream().mapToDouble(d -> d).toArray();
    double[] low = most.stream().mapToDouble(d -> -d).toArray();
    Out from = ir.reals(low, filters, 1, 1, 1);
    Out to = ir.reals(high, filters, 1, 1, 1);
    return ir.layer("FakeQuantize", "opset1", "levels=255", kernel, from, to, from, to);
  }

  private void rounded(TensorId id) {
    Out low = ir.reals(new double[] {-1}, 1, 1, 1, 1);
    Out high = ir.reals(new double[] {10}, 1, 1, 1, 1);
    put(id, "FakeQuantize", "levels=256", outs.get(id), low, high, low, high);
  }

  private Out put(TensorId id, String type, String data, Out... inputs) {
    Out out = ir.shaped(type, data, nchw(graph.tensor(id).shape()), inputs);
    outs.put(id, out);
    return out;
  }

  static float[] floats(Tensor t) {
    FloatBuffer buffer = t.data().orElseThrow().view().asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
