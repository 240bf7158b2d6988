package org.fovea.host.image;

import java.nio.file.Path;
import java.util.List;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.manifest.Input;

/**
 * Reads a tensor of exactly the input's type and shape; of a camera's format, uint8 with a pixel's
 * bytes as the last axis.
 */
final class NpyReader {
  private NpyReader() {}

  static byte[] read(Path file, Input input) {
    NpyFile npy = NpyFile.parse(BoundedFile.read(file), what -> rejected(file, what));
    boolean signed = input.type() == Input.ByteType.INT8 && !input.isCamera();
    String type = signed ? "|i1" : "|u1";
    if (!npy.type().equals(type) || npy.fortranOrder()) {
      throw rejected(file, "holds " + npy.type() + " and the model takes " + type + " in C order");
    }
    List<Integer> wanted = List.of(1, input.height(), input.width(), input.pixelBytes());
    if (!npy.shape().equals(wanted) && !npy.shape().equals(wanted.subList(1, 4))) {
      throw rejected(
          file, "has the shape " + text(npy.shape()) + " and the model takes " + text(wanted));
    }
    if (npy.data().length() != input.bytes()) {
      throw rejected(file, "holds " + npy.data().length() + " bytes of data, not " + input.bytes());
    }
    return npy.data().toArray();
  }

  private static String text(List<Integer> shape) {
    return shape.toString().replace('[', '(').replace(']', ')').replace(" ", "");
  }

  private static ImageRejected rejected(Path file, String what) {
    return new ImageRejected(
        file.toString(),
        what,
        "A raw tensor goes to the network as it is, byte by byte",
        "Save it with numpy.save as a C-ordered array of the model's input type and shape");
  }
}
