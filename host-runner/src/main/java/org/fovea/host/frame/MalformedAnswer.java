package org.fovea.host.frame;

/**
 * A frame with a good CRC whose payload contradicts itself: another firmware's idea of the
 * protocol.
 */
public final class MalformedAnswer extends RuntimeException {
  MalformedAnswer(String message) {
    super(message);
  }
}
