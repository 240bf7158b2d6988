package org.fovea.host.manifest;

import java.util.List;

/** How output tensors become boxes. */
public sealed interface Head {
  /** Number of labels. */
  int classes();

  /**
   * A grid of cells, row by row, several anchors a cell; of each x, y, w, h, objectness, then one
   * value per class.
   *
   * @param parts one with all of these values, or one for each field, first values first
   * @param classes number of class values; 0: the objectness is the score of class 0
   * @param scaleXy by which x and y are stretched around the cell's middle; 1: not at all
   */
  record Grid(
      Family family,
      List<Part> parts,
      Layout layout,
      int rows,
      int columns,
      List<Anchor> anchors,
      AnchorUnit anchorUnit,
      int classes,
      ClassActivation classActivation,
      double scaleXy)
      implements Head {
    public Grid {
      parts = List.copyOf(parts);
      anchors = List.copyOf(anchors);
    }

    public int valuesPerAnchor() {
      return 5 + classes;
    }

    public int cells() {
      return rows * columns;
    }

    /** How many boxes it may hold. */
    public int boxes() {
      return cells() * anchors.size();
    }
  }

  /**
   * Finished boxes, one a row: image, class, confidence, x0, y0, x1, y1, the edges in parts of the
   * input. They have been through suppression; an image of -1 ends them.
   *
   * @param firstClass class number of the first label
   */
  record Rows(int output, int classes, int firstClass) implements Head {
    public static final int COLUMNS = 7;
  }

  /**
   * Some of the values of every cell and anchor.
   *
   * @param output index into the deployment's outputs
   * @param values how many of each anchor's
   */
  record Part(int output, int values) {}

  /** Prior width and height, in the head's anchor unit. */
  record Anchor(double width, double height) {}

  /** Formulas of a box. All but {@code REGION} apply the logistic to x, y and objectness. */
  enum Family {
    YOLOV2,
    YOLOV3,
    YOLOV4,
    /** Activated inside the model, all but the size. */
    REGION
  }

  /** Order of the values in a tensor, outermost first. */
  enum Layout {
    CELL_ANCHOR_VALUE,
    ANCHOR_VALUE_CELL
  }

  /** The unit of anchors: cells of the output grid, pixels of the input, or fractions of it. */
  enum AnchorUnit {
    CELLS,
    PIXELS,
    IMAGE
  }

  /** What turns class values into probabilities. */
  enum ClassActivation {
    SOFTMAX,
    SIGMOID,
    NONE
  }
}
