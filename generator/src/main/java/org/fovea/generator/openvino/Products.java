package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** The layers that multiply by weights, by the shapes of their ports. */
final class Products {
  private static final Set<String> TYPES =
      Set.of(
          "Convolution",
          "GroupConvolution",
          "ConvolutionBackpropData",
          "GroupConvolutionBackpropData",
          "DeformableConvolution",
          "MatMul");

  private final Wiring wiring;
  private final Constants constants;

  Products(Wiring wiring, Constants constants) {
    this.wiring = wiring;
    this.constants = constants;
  }

  static boolean isProduct(String type) {
    return TYPES.contains(type);
  }

  /** Multiplications of one layer; 0 for those that do not multiply by weights. */
  long macs(int index) {
    Layer layer = wiring.layer(index);
    if (!isProduct(layer.type()) || layer.inputs().size() < 2 || layer.outputs().isEmpty()) {
      return 0;
    }
    long out = layer.outputs().get(0).elements();
    Port data = layer.inputs().get(0);
    int weightsAt = layer.type().equals("DeformableConvolution") ? 2 : 1;
    if (layer.inputs().size() <= weightsAt) {
      return 0;
    }
    List<Integer> w = layer.inputs().get(weightsAt).dims();
    return switch (layer.type()) {
      case "MatMul" -> Census.times(out, depth(layer, data.dims()));
      case "ConvolutionBackpropData" -> Census.times(data.elements(), behind(w, 1));
      case "GroupConvolutionBackpropData" -> Census.times(data.elements(), behind(w, 2));
      case "GroupConvolution" -> Census.times(out, behind(w, 2));
      default -> Census.times(out, behind(w, 1));
    };
  }

  private static long behind(List<Integer> dims, int axis) {
    return dims.size() < axis ? 0 : new Port(0, "", dims.subList(axis, dims.size())).elements();
  }

  /** Numbers that are summed for each result of a product of matrices. */
  private static long depth(Layer layer, List<Integer> a) {
    boolean transposed = layer.data().getOrDefault("transpose_a", "").matches("1|true");
    int back = transposed && a.size() > 1 ? 2 : 1;
    return a.isEmpty() ? 0 : a.get(a.size() - back);
  }

  /** Those over rows and columns, and of matrices with constant weights, in order. */
  List<Census.Product> all() {
    List<Census.Product> all = new ArrayList<>();
    for (int index : wiring.order()) {
      Layer layer = wiring.layer(index);
      if (macs(index) > 0 && constants.of(new Source(index, 0)).isEmpty()) {
        switch (layer.type()) {
          case "Convolution", "GroupConvolution" -> convolution(layer, all);
          case "MatMul" -> matrices(layer, all);
          default -> {}
        }
      }
    }
    return all;
  }

  private static void convolution(Layer layer, List<Census.Product> all) {
    List<Integer> in = layer.inputs().get(0).dims();
    List<Integer> w = layer.inputs().get(1).dims();
    int first = layer.type().equals("GroupConvolution") ? 1 : 0;
    boolean plane = in.size() == 4 && w.size() == 4 + first;
    if (!plane
        || !in.stream().allMatch(Products::isSide)
        || !w.stream().allMatch(Products::isSide)) {
      return;
    }
    int groups = first == 1 ? w.get(0) : 1;
    boolean depthwise = first == 1 && w.get(2) == 1 && groups == in.get(1);
    int parts = depthwise ? 1 : groups;
    Shape shape = Shape.nhwc(in.get(2), in.get(3), depthwise ? groups : w.get(first + 1));
    long filters = depthwise ? (long) groups * w.get(1) : w.get(first);
    if (filters > 65_535) {
      return;
    }
    FileFindings none = new FileFindings("");
    Sliding.of(new Node(layer, none), shape, w.get(first + 2), w.get(first + 3))
        .filter(s -> none.isEmpty())
        .ifPresent(
            s ->
                all.add(
                    new Census.Product(
                        layer.name(),
                        shape,
                        s.shape((int) filters),
                        s.window(),
                        s.around(),
                        depthwise,
                        (long) in.get(0) * parts)));
  }

  /** A row of the first matrix is a pixel. */
  private static void matrices(Layer layer, List<Census.Product> all) {
    List<Integer> out = layer.outputs().get(0).dims();
    long depth = depth(layer, layer.inputs().get(0).dims());
    int columns = out.isEmpty() ? 0 : out.get(out.size() - 1);
    if (!isSide(columns) || depth < 1 || depth > 65_535) {
      return;
    }
    long rows = layer.outputs().get(0).elements() / columns;
    int wide = rows > 65_535 ? 1 : (int) rows;
    all.add(
        new Census.Product(
            layer.name(),
            Shape.nhwc(1, wide, (int) depth),
            Shape.nhwc(1, wide, columns),
            Window.of(1, 1),
            Padding.VALID,
            false,
            rows / wide));
  }

  private static boolean isSide(int n) {
    return n >= 1 && n <= 65_535;
  }
}
