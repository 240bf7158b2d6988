package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/**
 * What a network takes, counted from the shapes that its file states: of any network, whether Fovea
 * runs it or not. Sums end at 2^62.
 *
 * @param name that the file gives itself: untrusted
 * @param version of the representation
 * @param input shape of the image, as the file has it
 * @param outputs their shapes
 * @param types of layers, constants apart, in alphabetical order
 * @param macs multiplications with a weight
 * @param weights what convolutions and products of matrices multiply by
 * @param zeros of the weights
 * @param others biases, scales, slopes and other real constants; ranges of FakeQuantize apart
 * @param peak where most results are in use
 * @param products convolutions and products of matrices, in order
 */
public record Census(
    String name,
    int version,
    String input,
    List<String> outputs,
    List<TypeRow> types,
    long macs,
    long weights,
    long zeros,
    long others,
    Peak peak,
    List<Product> products) {
  private static final long MOST = 1L << 62;
  private static final int FLOAT_BYTES = 4;

  /**
   * All layers of one type.
   *
   * @param runs whether Fovea carries over layers of this type
   */
  public record TypeRow(String type, int layers, long macs, long parameters, boolean runs) {}

  /**
   * The greatest sum of results that are in use at a time, layer by layer in the file's order. What
   * works element by element takes the place of what it reads last.
   *
   * @param layer that runs then
   * @param elements bytes in int8
   */
  public record Peak(String layer, long elements) {}

  /**
   * A convolution or a product of matrices.
   *
   * @param depthwise whether each filter sees one channel
   * @param times that it is done, for images of a batch or groups
   */
  public record Product(
      String layer,
      Shape in,
      Shape out,
      Window window,
      Padding padding,
      boolean depthwise,
      long times) {}

  public Census {
    outputs = List.copyOf(outputs);
    types = List.copyOf(types);
    products = List.copyOf(products);
  }

  static Census of(Document document, Wiring wiring, Constants constants) {
    Map<String, TypeRow> types = new TreeMap<>();
    Products products = new Products(wiring, constants);
    Set<Source> counted = new HashSet<>();
    long weights = 0;
    long zeros = 0;
    long others = 0;
    String input = "";
    List<String> outputs = new ArrayList<>();
    for (int i : wiring.order()) {
      Layer layer = wiring.layer(i);
      if (layer.type().equals("Const") || constants.of(new Source(i, 0)).isPresent()) {
        continue;
      }
      long own = 0;
      for (int at = 0; at < wiring.inputs(i); at++) {
        Source source = wiring.source(i, at);
        boolean range = layer.type().equals("FakeQuantize") && at > 0;
        if (!range && isReal(wiring, constants, source) && counted.add(source)) {
          Constant c = constants.of(source).orElseThrow();
          own = plus(own, c.size());
          if (Products.isProduct(layer.type())) {
            weights = plus(weights, c.size());
            zeros = plus(zeros, zeros(c));
          } else {
            others = plus(others, c.size());
          }
        }
      }
      if (layer.type().equals("Parameter") && !layer.outputs().isEmpty()) {
        input = layer.outputs().get(0).shape();
      } else if (layer.type().equals("Result") && !layer.inputs().isEmpty()) {
        outputs.add(layer.inputs().get(0).shape());
      }
      TypeRow row =
          new TypeRow(layer.type(), 1, products.macs(i), own, UnknownLayers.isKnown(layer));
      types.merge(layer.type(), row, Census::together);
    }
    return new Census(
        document.name(),
        document.version(),
        input,
        outputs,
        List.copyOf(types.values()),
        types.values().stream().mapToLong(TypeRow::macs).reduce(0, Census::plus),
        weights,
        zeros,
        others,
        LiveResults.peak(wiring, constants),
        products.all());
  }

  /** A known number that is multiplied or added, not a shape or an axis. */
  private static boolean isReal(Wiring wiring, Constants constants, Source source) {
    return constants.of(source).isPresent() && wiring.port(source).precision().matches("FP.*|BF.*");
  }

  private static long zeros(Constant constant) {
    long zeros = 0;
    for (int i = 0; i < constant.size(); i++) {
      zeros += constant.at(i) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static TypeRow together(TypeRow a, TypeRow b) {
    return new TypeRow(
        a.type(),
        a.layers() + b.layers(),
        plus(a.macs(), b.macs()),
        plus(a.parameters(), b.parameters()),
        a.runs() && b.runs());
  }

  static long plus(long a, long b) {
    return Math.min(MOST, a + b);
  }

  static long times(long a, long b) {
    return b != 0 && a > MOST / b ? MOST : a * b;
  }

  public long parameters() {
    return plus(weights, others);
  }

  /** Of all constants, at some bytes a number. */
  public long bytes(int each) {
    return times(parameters(), each);
  }

  /** Weights of a byte, all else in 32 bits. */
  public long int8Bytes() {
    return plus(weights, times(others, FLOAT_BYTES));
  }
}
