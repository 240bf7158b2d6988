package org.fovea.host.port;

import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.fovea.host.fault.LinkFailed;

/**
 * Bytes on their way from a thread that reads a line to the one that asks for them, in a bounded
 * queue.
 */
public final class ReceivedBytes {
  private static final int QUEUE_CHUNKS = 4_096;
  private static final byte[] END = new byte[0];

  private final String name;
  private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>(QUEUE_CHUNKS);
  private byte[] chunk = END;
  private int taken;

  /**
   * @param name of the line, for a fault
   */
  public ReceivedBytes(String name) {
    this.name = name;
  }

  /** Adds the first {@code count} bytes; waits while the queue is full. */
  public void put(byte[] bytes, int count) throws InterruptedException {
    if (count > 0) {
      chunks.put(Arrays.copyOf(bytes, count));
    }
  }

  /** No more bytes will come. */
  public void end() throws InterruptedException {
    chunks.put(END);
  }

  /**
   * As {@link Port#read}.
   *
   * @param gone what is thrown once all bytes before the end are read
   */
  public int read(byte[] buffer, int timeoutMs, Supplier<LinkFailed> gone) {
    if (taken == chunk.length && !next(timeoutMs, gone)) {
      return 0;
    }
    int count = Math.min(buffer.length, chunk.length - taken);
    System.arraycopy(chunk, taken, buffer, 0, count);
    taken += count;
    return count;
  }

  private boolean next(int timeoutMs, Supplier<LinkFailed> gone) {
    try {
      byte[] polled = chunks.poll(timeoutMs, TimeUnit.MILLISECONDS);
      if (polled == null) {
        return false;
      }
      if (polled.length == 0) {
        chunks.offer(END);
        throw gone.get();
      }
      chunk = polled;
      taken = 0;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailed(name, "was interrupted", "The run was cancelled", "Run it again");
    }
  }
}
