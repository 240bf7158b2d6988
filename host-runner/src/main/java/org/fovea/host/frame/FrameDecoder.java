package org.fovea.host.frame;

import java.util.Optional;

/**
 * Finds frames in a stream of bytes, one byte at a time. Whatever the bytes are, it is in step
 * again after the next 0x00, and never holds more than one frame.
 */
public final class FrameDecoder {
  private static final int MAX_ENCODED = Cobs.encodedLength(Frame.MAX_BYTES);

  private final byte[] buffer = new byte[MAX_ENCODED];
  private int length;
  private boolean tooLong;
  private long badFrames;

  /** The frame that {@code value} ends, if it ends a good one. */
  public Optional<Frame> accept(byte value) {
    if (value != 0) {
      store(value);
      return Optional.empty();
    }
    boolean empty = length == 0 && !tooLong;
    Optional<Frame> frame = empty ? Optional.empty() : decode();
    if (!empty && frame.isEmpty()) {
      badFrames++;
    }
    length = 0;
    tooLong = false;
    return frame;
  }

  /** Frames dropped so far for their length, their stuffing or their CRC. */
  public long badFrames() {
    return badFrames;
  }

  private void store(byte value) {
    tooLong |= length == MAX_ENCODED;
    if (!tooLong) {
      buffer[length++] = value;
    }
  }

  private Optional<Frame> decode() {
    return tooLong ? Optional.empty() : Frame.parse(buffer, Cobs.decode(buffer, length));
  }
}
