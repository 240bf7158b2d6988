package org.fovea.generator.openvino;

import org.fovea.generator.ir.TensorId;

/**
 * What a layer puts out, in the graph.
 *
 * @param id of an NHWC image
 * @param order in which the file has its numbers
 */
record Value(TensorId id, Order order) {

  /** What the dimensions of the file's tensor are. */
  enum Order {
    NCHW(1),
    NHWC(3),
    /** The numbers of an NCHW image, whatever the dimensions. */
    FLAT_NCHW(-1),
    /** The numbers of an NHWC image, whatever the dimensions. */
    FLAT_NHWC(-1),
    /** What RegionYolo makes of an NCHW image. */
    REGION(-1);

    private final int channelAxis;

    Order(int channelAxis) {
      this.channelAxis = channelAxis;
    }

    /** Axis of the channels; -1 where there is none. */
    int channelAxis() {
      return channelAxis;
    }

    boolean isImage() {
      return channelAxis > 0;
    }

    /** After a change of the dimensions. */
    Order flat() {
      return switch (this) {
        case NCHW, FLAT_NCHW -> FLAT_NCHW;
        case NHWC, FLAT_NHWC -> FLAT_NHWC;
        case REGION -> REGION;
      };
    }
  }
}
