package org.fovea.host.frame;

import java.nio.ByteBuffer;

/**
 * A box that the device found.
 *
 * @param left of its edges, in parts of the network's input; it may reach beyond
 * @param score 0 to 1
 */
public record BoardBox(
    float left, float top, float right, float bottom, float score, int classIndex) {

  static BoardBox read(ByteBuffer in) {
    BoardBox box =
        new BoardBox(
            in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat(), in.getInt());
    float sum = box.left + box.top + box.right + box.bottom + box.score;
    if (!Float.isFinite(sum) || box.classIndex < 0) {
      throw new MalformedAnswer("a box of " + box);
    }
    return box;
  }
}
