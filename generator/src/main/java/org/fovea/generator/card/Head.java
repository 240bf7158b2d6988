package org.fovea.generator.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/** How outputs of a model hold detections. */
public sealed interface Head {

  /** Where its numbers lie among the model's outputs. */
  List<Part> parts();

  /** The same with its parts, in their order, in other outputs. */
  Head in(List<Integer> outputs);

  /** Number of class values of each detection; 0 when objectness alone is the score. */
  int classes();

  /**
   * Boxes on a grid of cells, several anchors a cell, each with x, y, w, h, objectness and classes.
   *
   * @param outputs one tensor with all of that; or one each for x and y, for w and h, for the
   *     objectness and, where there are any, for the classes: cells outermost, then anchors
   * @param stride input pixels of a cell's side
   * @param scaleXy by which the activated x and y are stretched around the cell's middle, 1 for
   *     none
   */
  record Grid(
      Family family,
      List<Integer> outputs,
      Layout layout,
      int stride,
      List<Anchor> anchors,
      AnchorUnit anchorUnit,
      int classes,
      ClassActivation classActivation,
      double scaleXy)
      implements Head {

    public Grid {
      outputs = List.copyOf(outputs);
      anchors = List.copyOf(anchors);
      if (stride < 1 || classes < 0 || anchors.isEmpty()) {
        throw new IllegalArgumentException("stride " + stride + ", anchors " + anchors);
      }
      if (outputs.size() != 1 && outputs.size() != fields(classes).size()) {
        throw new IllegalArgumentException("outputs " + outputs);
      }
    }

    /** Rows of cells on an input image. */
    public int rows(Shape image) {
      return image.height() / stride;
    }

    /** Columns of cells on an input image. */
    public int columns(Shape image) {
      return image.width() / stride;
    }

    /** What a split head has an output for. */
    public static List<Field> fields(int classes) {
      return classes == 0
          ? List.of(Field.XY, Field.WH, Field.OBJECTNESS)
          : List.of(Field.XY, Field.WH, Field.OBJECTNESS, Field.CLASSES);
    }

    /** Whether each field has an output of its own. */
    public boolean isSplit() {
      return outputs.size() > 1;
    }

    @Override
    public List<Part> parts() {
      if (!isSplit()) {
        return List.of(new Part(Field.ALL, outputs.get(0), 0, valuesPerAnchor()));
      }
      List<Part> parts = new ArrayList<>();
      int first = 0;
      for (Field field : fields(classes)) {
        int values = field.values(classes);
        parts.add(new Part(field, outputs.get(parts.size()), first, values));
        first += values;
      }
      return List.copyOf(parts);
    }

    @Override
    public Grid in(List<Integer> others) {
      return new Grid(
          family, others, layout, stride, anchors, anchorUnit, classes, classActivation, scaleXy);
    }

    /** Numbers that describe one box. */
    public int valuesPerAnchor() {
      return 5 + classes;
    }

    @Override
    public Optional<Finding> check(Part part, Shape input, Shape tensor) {
      int rows = rows(input);
      int columns = columns(input);
      int values = anchors.size() * part.values();
      long expected = (long) rows * columns * values;
      if (tensor.elements() == expected && innermostFits(part, tensor)) {
        return Optional.empty();
      }
      return Optional.of(
          new Finding(
              part.name(),
              "its shape is " + tensor,
              "the card declares a grid of "
                  + (columns + "x" + rows + " cells (stride " + stride + ") with ")
                  + (anchors.size() + " anchors of " + part.values() + " values: ")
                  + (rows * columns + " x " + values + " numbers"),
              "correct stride, anchors or classes in the model card"));
    }

    private boolean innermostFits(Part part, Shape tensor) {
      int last = tensor.rank() == 0 ? 1 : tensor.dim(tensor.rank() - 1);
      return layout == Layout.ANCHOR_VALUE_CELL
          || last == part.values()
          || last == anchors.size() * part.values();
    }
  }

  /**
   * Finished detections, one a row: image, class, confidence, x0, y0, x1, y1, with coordinates as
   * parts of the input. An image of -1 ends the list.
   *
   * @param firstClass class number of the first label
   */
  record Rows(int output, int classes, int firstClass) implements Head {
    private static final int COLUMNS = 7;

    @Override
    public List<Part> parts() {
      return List.of(new Part(Field.ALL, output, 0, COLUMNS));
    }

    @Override
    public Rows in(List<Integer> outputs) {
      return new Rows(outputs.get(0), classes, firstClass);
    }

    @Override
    public Optional<Finding> check(Part part, Shape input, Shape tensor) {
      if (tensor.rank() > 0 && tensor.dim(tensor.rank() - 1) == COLUMNS) {
        return Optional.empty();
      }
      return Optional.of(
          new Finding(
              part.name(),
              "its shape is " + tensor,
              "the card declares rows of " + COLUMNS + " numbers",
              "correct the head's family in the model card"));
    }
  }

  /** What is wrong with the model's output that holds this part when this head is right. */
  Optional<Finding> check(Part part, Shape input, Shape tensor);

  /** What an output holds of each box. */
  enum Field {
    ALL,
    XY,
    WH,
    OBJECTNESS,
    CLASSES;

    int values(int classes) {
      return switch (this) {
        case ALL -> 5 + classes;
        case XY, WH -> 2;
        case OBJECTNESS -> 1;
        case CLASSES -> classes;
      };
    }
  }

  /**
   * Some of a box's numbers.
   *
   * @param output index among the model's outputs
   * @param first number of the box that it holds
   * @param values how many from there
   */
  record Part(Field field, int output, int first, int values) {

    String name() {
      String field = this.field.name().toLowerCase(Locale.ROOT);
      return "output " + output + (this.field == Field.ALL ? "" : " (" + field + ")");
    }
  }

  /** Formulas that turn the numbers into a box. */
  enum Family {
    /** Logistic x, y, objectness; size is anchor times exp. */
    YOLOV2,
    /** As YOLOv2, with anchors chosen per head. */
    YOLOV3,
    /** As YOLOv3, with x and y stretched. */
    YOLOV4,
    /** As YOLOv2, with x, y, objectness and classes already activated inside the model. */
    REGION
  }

  /** Order of the numbers in the tensor, outermost first. */
  enum Layout {
    CELL_ANCHOR_VALUE,
    ANCHOR_VALUE_CELL
  }

  /** What an anchor's size counts. */
  enum AnchorUnit {
    /** Cells of the grid. */
    CELLS,
    /** Pixels of the network's input. */
    PIXELS,
    /** Parts of the network's input, 1 being all of it. */
    IMAGE
  }

  /** What turns class values into probabilities. */
  enum ClassActivation {
    NONE,
    SIGMOID,
    SOFTMAX
  }

  /** Width and height of a typical box. */
  record Anchor(double width, double height) {}
}
