package org.fovea.generator.card;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/** How one output tensor holds detections. */
public sealed interface Head {

  /** Index of the tensor among the model's outputs. */
  int output();

  /** Number of class values of each detection; 0 when objectness alone is the score. */
  int classes();

  /**
   * Boxes on a grid of cells, several anchors a cell, each with x, y, w, h, objectness and classes.
   *
   * @param stride input pixels of a cell's side
   * @param scaleXy by which the activated x and y are stretched around the cell's middle, 1 for
   *     none
   */
  record Grid(
      Family family,
      int output,
      Layout layout,
      int stride,
      List<Anchor> anchors,
      AnchorUnit anchorUnit,
      int classes,
      ClassActivation classActivation,
      double scaleXy)
      implements Head {

    public Grid {
      anchors = List.copyOf(anchors);
      if (stride < 1 || classes < 0 || anchors.isEmpty()) {
        throw new IllegalArgumentException("stride " + stride + ", anchors " + anchors);
      }
    }

    /** Numbers that describe one box. */
    public int valuesPerAnchor() {
      return 5 + classes;
    }

    @Override
    public Optional<Finding> check(Shape input, Shape tensor) {
      int rows = input.height() / stride;
      int columns = input.width() / stride;
      int values = anchors.size() * valuesPerAnchor();
      long expected = (long) rows * columns * values;
      if (tensor.elements() == expected && innermostFits(tensor)) {
        return Optional.empty();
      }
      return Optional.of(
          new Finding(
              "output " + output,
              "its shape is " + tensor,
              "the card declares a grid of "
                  + (columns + "x" + rows + " cells (stride " + stride + ") with ")
                  + (anchors.size() + " anchors of " + valuesPerAnchor() + " values: ")
                  + (rows * columns + " x " + values + " numbers"),
              "correct stride, anchors or classes in the model card"));
    }

    private boolean innermostFits(Shape tensor) {
      int last = tensor.rank() == 0 ? 1 : tensor.dim(tensor.rank() - 1);
      return layout == Layout.ANCHOR_VALUE_CELL
          || last == valuesPerAnchor()
          || last == anchors.size() * valuesPerAnchor();
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
    public Optional<Finding> check(Shape input, Shape tensor) {
      if (tensor.rank() > 0 && tensor.dim(tensor.rank() - 1) == COLUMNS) {
        return Optional.empty();
      }
      return Optional.of(
          new Finding(
              "output " + output,
              "its shape is " + tensor,
              "the card declares rows of " + COLUMNS + " numbers",
              "correct the head's family in the model card"));
    }
  }

  /** What is wrong with the model's output when this head is right. */
  Optional<Finding> check(Shape input, Shape tensor);

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
