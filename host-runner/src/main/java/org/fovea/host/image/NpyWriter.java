package org.fovea.host.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an int8 tensor as NumPy's .npy, version 1. */
public final class NpyWriter {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private NpyWriter() {}

  /**
   * Writes the file.
   *
   * @param values in C order, as many as the shape has elements
   */
  public static void write(Path file, List<Integer> shape, byte[] values) throws IOException {
    String dims = shape.stream().map(d -> d + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '|i1', 'fortran_order': False, 'shape': (" + dims + "), }";
    int unpadded = MAGIC.length + 2 + header.length() + 1;
    int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = header + " ".repeat(length - unpadded) + "\n";
    ByteBuffer bytes = ByteBuffer.allocate(length + values.length);
    bytes.put(MAGIC).put((byte) padded.length()).put((byte) (padded.length() >> 8));
    bytes.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values);
    Files.write(file, bytes.array());
  }
}
