package org.fovea.host.port;

/**
 * A line to a board: bytes in, bytes out, no meaning. Used by one thread at a time, except that
 * {@link #close} may come from any.
 */
public interface Port extends AutoCloseable {
  /**
   * Waits until bytes come or the time is over.
   *
   * @return the number of bytes read, 0 when the time is over
   * @throws org.fovea.host.fault.LinkFailed when the peer is gone
   */
  int read(byte[] buffer, int timeoutMs);

  /**
   * Sends all bytes.
   *
   * @throws org.fovea.host.fault.LinkFailed when the peer is gone
   */
  void write(byte[] bytes);

  /** Bits per second now; 0 where a line has no rate that could change. */
  default int baud() {
    return 0;
  }

  /** The highest rate that it may be given. */
  default int fastestBaud() {
    return 0;
  }

  /**
   * Changes the rate, of a line that has one.
   *
   * @return whether it has this rate now
   */
  default boolean changeBaud(int rate) {
    return false;
  }

  /** Never throws; a second call does nothing. */
  @Override
  void close();
}
