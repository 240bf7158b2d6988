package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;

/**
 * What fv_head.c says of a YOLOv2 head. What the device would compute of an int8 value is a table
 * of the 256 that there are.
 *
 * @param model safe in a comment
 * @param anchors width and height of each
 * @param softmax its table, or NULL
 * @param leastObjectness the least int8 value with which a box may reach the threshold; 128 when
 *     there is none
 */
public record HeadView(
    String model,
    List<String> provenance,
    int runtimeAbi,
    List<Table> tables,
    List<Field> fields,
    List<String> anchors,
    int rows,
    int columns,
    int classes,
    String softmax,
    int most,
    int leastObjectness,
    String scoreThreshold,
    String iouThreshold) {

  /** One array of 256. */
  public record Table(String type, String name, String comment, String values) {}

  /** One fv_field. */
  public record Field(String name, String table, int output, int stride, int offset) {}

  /** The most anchors that make a side, on the host too: so areas and their sums are floats. */
  private static final double MOST_TIMES = 0x1p50;

  private static final int VALUES = 256;
  private static final int LEAST = -128;
  private static final String SOFTMAX = "softmax";

  /** Whether the outputs have the shapes that the host reads. */
  public static boolean isReadable(Manifest.Head head, Network network) {
    return head.output().map(o -> isReadable(head, head.valuesPerAnchor(), o, network)).orElse(true)
        && head.outputs().entrySet().stream()
            .allMatch(e -> isReadable(head, values(e.getKey(), head), e.getValue(), network));
  }

  private static boolean isReadable(Manifest.Head head, int values, int output, Network network) {
    Shape shape = network.outputs().get(output).shape();
    return (shape.rank() == 3 || shape.rank() == 4)
        && shape.dim(0) == 1
        && shape.dim(shape.rank() - 1) == head.anchors().size() * values;
  }

  private static int values(String field, Manifest.Head head) {
    return switch (field) {
      case "objectness" -> 1;
      case "classes" -> head.classes();
      default -> 2;
    };
  }

  static HeadView of(String model, List<String> provenance, Manifest.Head head, Network network) {
    Fields fields = new Fields(head, network);
    float[] objectness = fields.reals("objectness", HeadView::sigmoid);
    fields.add("xy", 0, 2, "sigmoid", HeadView::sigmoid);
    fields.add("size", 2, 2, "exp", HeadView::times);
    fields.add("objectness", 4, 1, "sigmoid", HeadView::sigmoid);
    double likeliest = 1;
    if (head.classes() > 0) {
      likeliest = fields.addClasses();
    }
    String softmax = fields.softmax();
    Shape grid = fields.grid();
    return new HeadView(
        model,
        provenance,
        Version.RUNTIME_ABI,
        List.copyOf(fields.tables.values()),
        List.copyOf(fields.fields),
        head.anchors().stream().map(a -> anchor(a, head.anchorUnit(), grid, network)).toList(),
        grid.height(),
        grid.width(),
        head.classes(),
        softmax,
        head.maxDetections(),
        least(objectness, head.scoreThreshold() / likeliest),
        CLiteral.real((float) head.scoreThreshold()),
        CLiteral.real((float) head.iouThreshold()));
  }

  private static double sigmoid(double value) {
    return 1 / (1 + StrictMath.exp(-value));
  }

  /** Infinite where double is, which is no size. */
  private static double times(double value) {
    double times = StrictMath.exp(value);
    return Double.isFinite(times) ? Math.min(times, MOST_TIMES) : times;
  }

  /** The first value that reaches a threshold, less one part in a million for float's rounding. */
  private static int least(float[] rising, double threshold) {
    int index = 0;
    while (index < VALUES && rising[index] < threshold * (1 - 1e-6)) {
      index++;
    }
    return index + LEAST;
  }

  private static String anchor(List<Double> anchor, String unit, Shape grid, Network network) {
    Shape image = network.input().shape();
    boolean cells = unit.equals("cells");
    boolean parts = unit.equals("image");
    double across = parts ? 1 : cells ? grid.width() : image.width();
    double down = parts ? 1 : cells ? grid.height() : image.height();
    return CLiteral.real((float) (anchor.get(0) / across))
        + ", "
        + CLiteral.real((float) (anchor.get(1) / down));
  }

  /** Collects fields, and their tables once each. */
  private static final class Fields {
    private final Manifest.Head head;
    private final Network network;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<Field> fields = new ArrayList<>();

    Fields(Manifest.Head head, Network network) {
      this.head = head;
      this.network = network;
    }

    void add(String field, int offset, int values, String what, DoubleUnaryOperator function) {
      add(field, offset, values, what, reals(field, function));
    }

    /** Returns the most that a class's value counts for, 1 at least. */
    double addClasses() {
      if (isSoftmax()) {
        add("classes", 5, head.classes(), "NULL");
        return 1;
      }
      boolean sigmoid = head.classActivation().equals("sigmoid");
      float[] table = reals("classes", sigmoid ? HeadView::sigmoid : x -> x);
      add("classes", 5, head.classes(), sigmoid ? "sigmoid" : "value", table);
      return Math.max(1, table[VALUES - 1]);
    }

    boolean isSoftmax() {
      return head.classes() > 0 && head.classActivation().equals(SOFTMAX);
    }

    String softmax() {
      if (!isSoftmax()) {
        return "NULL";
      }
      tables.put(
          SOFTMAX,
          new Table(
              "uint32_t",
              SOFTMAX,
              "exp(-scale * d) of " + name("classes"),
              CLiteral.numbers(powers())));
      return SOFTMAX;
    }

    private void add(String field, int offset, int values, String what, float[] table) {
      String text = CLiteral.reals(table);
      String comment = what + " of " + name(field);
      String own = "table_" + tables.size();
      add(
          field,
          offset,
          values,
          tables.computeIfAbsent(text, t -> new Table("float", own, comment, t)).name());
    }

    private void add(String field, int offset, int values, String table) {
      boolean split = !head.outputs().isEmpty();
      int stride = split ? values : head.valuesPerAnchor();
      fields.add(new Field(field, table, index(field), stride, split ? 0 : offset));
    }

    private String name(String field) {
      return CComment.safe(output(field).name());
    }

    private int index(String field) {
      return head.output().orElseGet(() -> head.outputs().get(field.equals("size") ? "wh" : field));
    }

    private Network.Output output(String field) {
      return network.outputs().get(index(field));
    }

    /** The function of each int8's real value, which is a float as the host's is. */
    float[] reals(String field, DoubleUnaryOperator function) {
      Network.Output output = output(field);
      float[] table = new float[VALUES];
      for (int i = 0; i < VALUES; i++) {
        float real = (float) ((double) output.scale() * (i + LEAST - output.zeroPoint()));
        table[i] = (float) function.applyAsDouble(real);
      }
      return table;
    }

    /** Powers of e at each distance, of a whole that as many as there are classes can be added. */
    private List<Integer> powers() {
      int whole = Integer.highestOneBit(Integer.MAX_VALUE / head.classes());
      double scale = output("classes").scale();
      return IntStream.range(0, VALUES)
          .mapToObj(d -> (int) Math.rint(whole * StrictMath.exp(-scale * d)))
          .toList();
    }

    /** Rows and columns of cells: an output's, or of the input's shape where it has none. */
    Shape grid() {
      Network.Output output = output("xy");
      if (output.shape().dims().size() == 4) {
        return output.shape();
      }
      Shape image = network.input().shape();
      int cells = output.shape().dims().get(1);
      double stride = Math.sqrt((double) image.height() * image.width() / cells);
      int rows = (int) Math.max(1, Math.round(image.height() / stride));
      return cells % rows == 0 ? Shape.of(1, rows, cells / rows, 1) : Shape.of(1, 1, cells, 1);
    }
  }
}
