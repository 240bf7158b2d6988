package org.fovea.generator.darknet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fovea.generator.fault.FileFindings;

/**
 * A .weights file: a header, then float32 numbers, little endian, convolution by convolution
 * (parser.c, load_weights_upto and load_convolutional_weights).
 */
final class WeightsFile {
  /** Far above any version; Darknet's files of old marked transposed weights with more. */
  private static final int LATEST = 999;

  private static final String RENEW = "name a Darknet .weights file, or download it again";

  private final ByteBuffer bytes;

  private WeightsFile(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Opens a file that has what the network wants, no less and no more. */
  static WeightsFile open(byte[] file, Network network, FileFindings findings) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    header(bytes, findings);
    findings.rejectIfAny();
    long left = bytes.remaining();
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Layer.Convolutional conv) {
        long wanted = 4 * (conv.weights() + (conv.batchNormalize() ? 4L : 1L) * conv.filters());
        if (left < wanted) {
          findings.add(
              ", layer " + i + " [convolutional] at line " + conv.line(),
              "ends " + (wanted - left) + " bytes early",
              "the layer's numbers take " + wanted + " bytes and " + left + " are left",
              "name the weights of this very .cfg; download them again if they were cut");
          findings.rejectIfAny();
        }
        left -= wanted;
      }
    }
    if (left > 0) {
      findings.add(
          "",
          left + " bytes are left over",
          "the .cfg describes a smaller network than these weights have",
          "name the weights of this very .cfg");
      findings.rejectIfAny();
    }
    return new WeightsFile(bytes);
  }

  /** Version, and images seen in training: eight bytes since version 0.2, four before. */
  private static void header(ByteBuffer bytes, FileFindings findings) {
    int size = bytes.remaining();
    int major = size < 16 ? 0 : bytes.getInt(0);
    int minor = size < 16 ? 0 : bytes.getInt(4);
    boolean known = major >= 0 && minor >= 0 && major <= LATEST && minor <= LATEST;
    int header = major * 10 + minor >= 2 ? 20 : 16;
    if (!known) {
      findings.add(
          "", "has version " + major + "." + minor, "Darknet's files have 0.1 or 0.2", RENEW);
    } else if (size < header) {
      findings.add("", "has " + size + " bytes", "it ends inside its header of " + header, RENEW);
    } else {
      bytes.position(header);
    }
  }

  /** The next numbers. */
  float[] take(int count) {
    float[] numbers = new float[count];
    bytes.asFloatBuffer().get(numbers);
    bytes.position(bytes.position() + 4 * count);
    return numbers;
  }
}
