package org.fovea.host.monitor;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.fovea.host.bench.Basis;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.fault.HostFault;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Session;

/**
 * Sends images to a board, one after the other and again from the first, until enough are done. A
 * board that was there once and is lost is looked for until it is back.
 */
public final class Monitor {
  private final Board board;
  private final Deployment deployment;
  private final List<ImageInput> images;
  private final MonitorState state;
  private final OptionalLong frames;
  private final int pauseMs;
  private boolean wasThere;
  private long done;

  /** A way to a board: opens a session, hands it on, closes it. */
  public interface Board {
    void with(Consumer<Session> work);
  }

  /**
   * A monitor.
   *
   * @param images at least one
   * @param frames until the end; empty: none
   * @param pauseMs before a lost board is looked for again
   */
  public Monitor(
      Board board,
      Deployment deployment,
      List<ImageInput> images,
      MonitorState state,
      OptionalLong frames,
      int pauseMs) {
    this.board = board;
    this.deployment = deployment;
    this.images = List.copyOf(images);
    this.state = state;
    this.frames = frames;
    this.pauseMs = pauseMs;
  }

  /**
   * Runs to the last frame, or until this thread is interrupted.
   *
   * @throws HostFault when the board was never there
   */
  public void run() {
    while (!enough() && !Thread.currentThread().isInterrupted()) {
      try {
        board.with(this::watch);
      } catch (HostFault fault) {
        if (!wasThere || Thread.currentThread().isInterrupted()) {
          throw fault;
        }
        state.lost(fault.findings().get(0).toString());
        pause();
      }
    }
  }

  /** Frames that came back. */
  public long done() {
    return done;
  }

  private boolean enough() {
    return frames.isPresent() && done >= frames.getAsLong();
  }

  private void watch(Session session) {
    wasThere = true;
    state.connected(Basis.of(session.hello(), deployment));
    while (!enough() && !Thread.currentThread().isInterrupted()) {
      ImageInput image = images.get((int) (done % images.size()));
      InferenceResult result = session.infer(image.tensor(), state.progress());
      List<Detection> found = new Decoder(deployment).decode(result.outputs(), image.placement());
      done++;
      state.frame(image, result, found, session.traffic(), session.status());
    }
  }

  private void pause() {
    try {
      Thread.sleep(pauseMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
