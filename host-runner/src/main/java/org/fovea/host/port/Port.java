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

  /** Never throws; a second call does nothing. */
  @Override
  void close();
}
