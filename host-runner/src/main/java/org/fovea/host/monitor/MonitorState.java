package org.fovea.host.monitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.fovea.host.bench.Basis;
import org.fovea.host.detect.Detection;
import org.fovea.host.frame.Answers;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.Mark;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoWriter;
import org.fovea.host.image.Thumbnail;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Traffic;

/**
 * What is known of a board now: the last frame, and the figures of the last few. Written by the
 * thread that talks to the board, read by those that serve the page; of bounded size.
 */
public final class MonitorState {
  private static final int LONGEST_SIDE = 960;
  private static final int KEPT_FRAMES = 120;
  private static final Traffic NO_TRAFFIC = new Traffic(0, 0, 0);

  private final Deployment deployment;
  private final Supplier<List<String>> log;
  private final LongSupplier nanoClock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private byte[] picture = new byte[0];
  private String image = "";
  private List<Detection> detections = List.of();
  private InferenceResult last;
  private Basis basis;
  private Link link = Link.CONNECTING;
  private String words = "";
  private long frames;
  private long lost;
  private Traffic traffic = NO_TRAFFIC;
  private Traffic ofSession = NO_TRAFFIC;
  private long damagedToBoard;
  private int rows;
  private int steps;
  private int ofSteps;

  /** Whether the board is there. */
  enum Link {
    CONNECTING,
    RUNNING,
    LOST
  }

  /** Times of one frame in seconds, and the moment at which it was done. */
  record Sample(long doneNanos, double transferSeconds, double restSeconds) {}

  /** Nothing is known yet. {@code log} gives the last lines of the firmware. */
  public MonitorState(Deployment deployment, Supplier<List<String>> log) {
    this(deployment, log, System::nanoTime);
  }

  MonitorState(Deployment deployment, Supplier<List<String>> log, LongSupplier nanoClock) {
    this.deployment = deployment;
    this.basis = Basis.of(deployment);
    this.log = log;
    this.nanoClock = nanoClock;
  }

  synchronized void connected(Basis found) {
    basis = found;
    link = Link.RUNNING;
    words = "";
    traffic = traffic.plus(ofSession);
    ofSession = NO_TRAFFIC;
  }

  /** The board is gone, or still is; {@code why} for a person. */
  synchronized void lost(String why) {
    lost += link == Link.RUNNING ? 1 : 0;
    link = Link.LOST;
    words = why;
    rows = 0;
    steps = 0;
  }

  /** How far the frame is that is under way. */
  Progress progress() {
    return new Progress() {
      @Override
      public void rows(int sent, int total) {
        progress(sent, 0, 0);
      }

      @Override
      public void steps(int done, int total) {
        progress(deployment.input().height(), done, total);
      }
    };
  }

  private synchronized void progress(int sentRows, int doneSteps, int allSteps) {
    rows = sentRows;
    steps = doneSteps;
    ofSteps = allSteps;
  }

  /** A frame came back; {@code now} counts from the session's beginning. */
  void frame(
      ImageInput input,
      InferenceResult result,
      List<Detection> found,
      Traffic now,
      Answers.Status status) {
    byte[] drawn = picture(input, found);
    synchronized (this) {
      frames++;
      picture = drawn;
      image = input.name();
      detections = List.copyOf(found);
      last = result;
      ofSession = now;
      damagedToBoard = status.badFrames();
      samples.addLast(
          new Sample(nanoClock.getAsLong(), result.transferSeconds(), result.inferenceSeconds()));
      if (samples.size() > KEPT_FRAMES) {
        samples.removeFirst();
      }
    }
  }

  /** The last frame with its boxes, as JPEG; no bytes before the first. */
  synchronized byte[] picture() {
    return picture.clone();
  }

  /** Everything but the picture. */
  synchronized ObjectNode json() {
    MonitorJson json = new MonitorJson(deployment, basis);
    json.link(link, words, frames, lost);
    json.progress(rows, steps, ofSteps);
    Traffic all = traffic.plus(ofSession);
    json.errors(all.repeats(), all.badFrames() + damagedToBoard);
    json.samples(List.copyOf(samples));
    if (last != null) {
      json.frame(image, detections, last);
    }
    json.log(log.get());
    return json.node();
  }

  /** Shrunk to what a screen shows. */
  private static byte[] picture(ImageInput input, List<Detection> found) {
    Photo photo = Thumbnail.of(input.photo(), LONGEST_SIDE);
    double x = photo.width() / (double) input.photo().width();
    double y = photo.height() / (double) input.photo().height();
    List<Mark> marks =
        found.stream()
            .map(Detection::mark)
            .map(
                m ->
                    new Mark(
                        m.left() * x,
                        m.top() * y,
                        m.right() * x,
                        m.bottom() * y,
                        m.text(),
                        m.colour()))
            .toList();
    return PhotoWriter.jpeg(Annotator.draw(photo, marks));
  }
}
