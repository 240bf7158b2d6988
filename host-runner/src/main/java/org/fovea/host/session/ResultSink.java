package org.fovea.host.session;

/** Takes results as they come. */
public interface ResultSink {
  /**
   * One more result.
   *
   * @param index of its image
   */
  void accept(int index, InferenceResult result);
}
