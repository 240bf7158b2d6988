package org.fovea.host.session;

/**
 * Frames of one session, as the host saw them.
 *
 * @param sent requests, repeated ones too
 * @param repeats of those, the ones sent again because no answer came in time
 * @param badFrames from the device, dropped for their checksum or length
 */
public record Traffic(long sent, long repeats, long badFrames) {
  /** What came since. */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        sent - earlier.sent, repeats - earlier.repeats, badFrames - earlier.badFrames);
  }

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(sent + other.sent, repeats + other.repeats, badFrames + other.badFrames);
  }
}
