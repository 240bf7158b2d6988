package org.fovea.generator.darknet;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/**
 * One layer, checked and with its sizes. Layers are numbered from 0 as Darknet does; {@link
 * #PREVIOUS_OF_FIRST} stands for the network's input. Shapes are 1 x height x width x channels.
 */
sealed interface Layer {
  int PREVIOUS_OF_FIRST = -1;

  /** Line of its section in the .cfg file. */
  int line();

  Shape output();

  /** For people, such as {@code convolutional 3x3}. */
  String kind();

  /**
   * A convolution: [filters][channels / groups][size][size] weights in the file.
   *
   * @param pad rows and columns of zeros on each side
   */
  record Convolutional(
      int line,
      int input,
      Shape in,
      Shape output,
      Window window,
      int pad,
      int groups,
      boolean batchNormalize,
      Activation activation)
      implements Layer {
    int filters() {
      return output.channels();
    }

    int channelsPerGroup() {
      return in.channels() / groups;
    }

    boolean isDepthwise() {
      return groups > 1 && groups == in.channels();
    }

    /** Numbers in the file. */
    long weights() {
      return (long) filters() * channelsPerGroup() * window.height() * window.width();
    }

    @Override
    public String kind() {
      return "convolutional " + window.height() + "x" + window.width();
    }
  }

  /**
   * Cells outside the image do not count.
   *
   * @param padded with window - 1 rows and columns, half of them (rounded down) above and left;
   *     otherwise with none
   */
  record MaxPool(int line, int input, Shape in, Shape output, Window window, boolean padded)
      implements Layer {
    @Override
    public String kind() {
      return "maxpool " + window.height() + "x" + window.width();
    }
  }

  /**
   * Channels of earlier layers, one after the other; of each only part {@code group} of {@code
   * groups}.
   */
  record Route(int line, List<Integer> inputs, Shape output, int groups, int group)
      implements Layer {
    public Route {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String kind() {
      return "route";
    }
  }

  /** The sum of layers of one shape. */
  record Shortcut(int line, List<Integer> inputs, Shape output, Activation activation)
      implements Layer {
    public Shortcut {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String kind() {
      return "shortcut";
    }
  }

  /** Each cell becomes a square of cells. */
  record Upsample(int line, int input, Shape output) implements Layer {
    @Override
    public String kind() {
      return "upsample";
    }
  }

  /** Does nothing outside training. */
  record Identity(int line, int input, Shape output) implements Layer {
    @Override
    public String kind() {
      return "dropout";
    }
  }

  /**
   * Reads its input as boxes; that input becomes an output of the graph.
   *
   * @param head empty where a model card cannot say it
   */
  record Detection(int line, int input, Shape output, int classes, Optional<Head.Grid> head)
      implements Layer {
    @Override
    public String kind() {
      return "detection";
    }
  }
}
