package org.fovea.host.session;

/** Hears how far an image is; called from the session's own thread. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void rows(int sent, int total) {}

        @Override
        public void steps(int done, int total) {}
      };

  /** Image rows that the device has taken over. */
  void rows(int sent, int total);

  /** Steps of the network that are done. */
  void steps(int done, int total);
}
