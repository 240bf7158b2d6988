package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;

/**
 * One fv_head. What the device would compute of an int8 value is a table of the 256 that there are,
 * so families and activations differ in their tables alone.
 *
 * @param number among the model's heads
 * @param anchors width and height of each
 * @param softmax its table, or NULL
 * @param leastObjectness the least int8 value with which a box may reach the threshold; 128 when
 *     there is none
 */
public record HeadView(
    int number,
    List<Field> fields,
    List<String> anchors,
    int rows,
    int columns,
    int classes,
    String softmax,
    int leastObjectness) {

  /**
   * One fv_field: where its first value of a cell's anchor lies, and how far to the next ones.
   *
   * @param table its name, or NULL
   */
  public record Field(
      String name, String table, int output, int offset, int cell, int anchor, int value) {}

  /** The most anchors that make a side, on the host too: so areas and their sums are floats. */
  private static final double MOST_TIMES = 0x1p50;

  static HeadView of(
      Manifest.Grid head, int number, double score, Network network, HeadTables tables) {
    Fields fields = new Fields(head, network, tables);
    boolean active = head.family().equals("region");
    DoubleUnaryOperator activation = active ? x -> x : HeadView::sigmoid;
    String name = active ? "value" : "sigmoid";
    double stretch = head.scaleXy();
    String place = stretch == 1 ? name : stretch + " * (" + name + " - 1/2) + 1/2";
    fields.add("xy", 0, 2, place, x -> stretch * activation.applyAsDouble(x) - (stretch - 1) / 2);
    fields.add("size", 2, 2, "exp", HeadView::times);
    float[] objectness = fields.add("objectness", 4, 1, name, activation);
    double likeliest = head.classes() > 0 ? fields.addClasses() : 1;
    return new HeadView(
        number,
        List.copyOf(fields.fields),
        head.anchors().stream().map(a -> anchor(a, head, network.input().shape())).toList(),
        head.rows(),
        head.columns(),
        head.classes(),
        fields.softmax(),
        least(objectness, score / likeliest));
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
    while (index < HeadTables.VALUES && rising[index] < threshold * (1 - 1e-6)) {
      index++;
    }
    return index + HeadTables.LEAST;
  }

  private static String anchor(List<Double> anchor, Manifest.Grid head, Shape image) {
    boolean cells = head.anchorUnit().equals("cells");
    boolean parts = head.anchorUnit().equals("image");
    double across = parts ? 1 : cells ? head.columns() : image.width();
    double down = parts ? 1 : cells ? head.rows() : image.height();
    return CLiteral.real((float) (anchor.get(0) / across))
        + ", "
        + CLiteral.real((float) (anchor.get(1) / down));
  }

  /** Collects fields and their tables. */
  private static final class Fields {
    private final Manifest.Grid head;
    private final Network network;
    private final HeadTables tables;
    private final List<Field> fields = new ArrayList<>();

    Fields(Manifest.Grid head, Network network, HeadTables tables) {
      this.head = head;
      this.network = network;
      this.tables = tables;
    }

    /** Returns the table, by value + 128. */
    float[] add(String field, int first, int values, String what, DoubleUnaryOperator function) {
      float[] table = reals(field, function);
      place(field, first, values, tables.reals(table, what + " of " + name(field)));
      return table;
    }

    /** Returns the most that a class's value counts for, 1 at least. */
    double addClasses() {
      if (isSoftmax()) {
        place("classes", 5, head.classes(), "NULL");
        return 1;
      }
      boolean sigmoid = head.classActivation().equals("sigmoid");
      String what = sigmoid ? "sigmoid" : "value";
      DoubleUnaryOperator function = sigmoid ? HeadView::sigmoid : x -> x;
      float[] table = add("classes", 5, head.classes(), what, function);
      return Math.max(1, table[HeadTables.VALUES - 1]);
    }

    private boolean isSoftmax() {
      return head.classes() > 0 && head.classActivation().equals("softmax");
    }

    String softmax() {
      return isSoftmax()
          ? tables.powers(
              output("classes").scale(), head.classes(), "exp(-scale * d) of " + name("classes"))
          : "NULL";
    }

    private void place(String field, int first, int values, String table) {
      boolean split = head.output().isEmpty();
      int together = split ? values : head.valuesPerAnchor();
      int offset = split ? 0 : first;
      int cells = head.rows() * head.columns();
      int anchors = head.anchors().size();
      boolean cellFirst = head.layout().equals("cell_anchor_value");
      fields.add(
          cellFirst
              ? new Field(field, table, index(field), offset, anchors * together, together, 1)
              : new Field(field, table, index(field), offset * cells, 1, together * cells, cells));
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
    private float[] reals(String field, DoubleUnaryOperator function) {
      Network.Output output = output(field);
      float[] table = new float[HeadTables.VALUES];
      for (int i = 0; i < HeadTables.VALUES; i++) {
        int q = i + HeadTables.LEAST;
        float real = (float) ((double) output.scale() * (q - output.zeroPoint()));
        table[i] = (float) function.applyAsDouble(real);
      }
      return table;
    }
  }
}
