package org.fovea.host.session;

import org.fovea.host.frame.Bytes;
import org.fovea.host.frame.Request;

/** An image in the parts that frames carry: so many of each row, numbered through. */
final class Parts {
  /** Of a ROW's payload, in front of the part. */
  static final int HEADER_BYTES = 2;

  private final byte[] pixels;
  private final int rowBytes;
  private final int partBytes;
  private final int perRow;

  Parts(byte[] pixels, int rowBytes, int partBytes) {
    this.pixels = pixels;
    this.rowBytes = rowBytes;
    this.partBytes = partBytes;
    this.perRow = (rowBytes + partBytes - 1) / partBytes;
  }

  int count() {
    return rows() * perRow;
  }

  int rows() {
    return pixels.length / rowBytes;
  }

  int row(int part) {
    return part / perRow;
  }

  /** The first part of a row, or the number of parts where the image ends before. */
  int first(int row) {
    return Math.min(row, rows()) * perRow;
  }

  /** The part at a place in a row; -1 when none begins there. */
  int at(int row, int offset) {
    boolean begins = offset % partBytes == 0 && offset < rowBytes && row < rows();
    boolean ends = row == rows() && offset == 0;
    return begins || ends ? row * perRow + offset / partBytes : -1;
  }

  Request.Row request(int part) {
    int offset = part % perRow * partBytes;
    int start = row(part) * rowBytes + offset;
    int end = start + Math.min(partBytes, rowBytes - offset);
    return new Request.Row(row(part), offset, Bytes.of(pixels, start, end));
  }
}
