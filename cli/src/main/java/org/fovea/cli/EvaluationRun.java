package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.DetectedBox;
import org.fovea.host.evaluate.DetectionLog;
import org.fovea.host.evaluate.ImageResult;
import org.fovea.host.evaluate.LabelledImage;
import org.fovea.host.image.ImageInput;

/**
 * Detects on every picture of a dataset, several at a time. What is done is logged in the dataset's
 * order, so that a stopped run goes on and the number of threads shows nowhere.
 */
record EvaluationRun(Terminal terminal, Engine engine, Dataset dataset, int threads) {
  private static final String LOG = "detections.jsonl";

  /**
   * Runs what an earlier run did not.
   *
   * @param header what decides over the detections
   */
  List<ImageResult> run(Path output, Map<String, String> header) {
    return ResultFolder.in(
        output,
        () -> {
          try (DetectionLog log = DetectionLog.open(output.resolve(LOG), header, dataset)) {
            return run(log);
          }
        });
  }

  private List<ImageResult> run(DetectionLog log) throws IOException {
    List<List<DetectedBox>> found = new ArrayList<>(log.done());
    if (!found.isEmpty()) {
      terminal.remark(found.size() + " images were done before; going on");
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, EvaluationRun::daemon);
    try (ProgressLine progress = new ProgressLine(terminal, "images")) {
      Deque<Future<List<List<DetectedBox>>>> ahead = new ArrayDeque<>();
      int next = found.size();
      int count = dataset.images().size();
      while (found.size() < count) {
        while (next < count && ahead.size() < 2 * threads) {
          int beyond = Math.min(count, next + engine.imagesAtATime());
          List<LabelledImage> images = dataset.images().subList(next, beyond);
          ahead.add(pool.submit(() -> detect(images)));
          next = beyond;
        }
        for (List<DetectedBox> boxes : result(ahead.remove())) {
          log.add(boxes);
          found.add(boxes);
        }
        progress.items(found.size(), count);
      }
    } finally {
      pool.shutdownNow();
    }
    List<ImageResult> results = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      results.add(new ImageResult(dataset.images().get(i), found.get(i)));
    }
    return results;
  }

  private List<List<DetectedBox>> detect(List<LabelledImage> images) {
    List<ImageInput> inputs =
        images.stream().map(image -> ImageInput.read(image.file(), engine.input())).toList();
    return engine.detect(inputs).stream()
        .map(found -> found.stream().map(DetectedBox::of).toList())
        .toList();
  }

  /** A fault of the work is this run's. */
  private static <T> T result(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "evaluate");
    thread.setDaemon(true);
    return thread;
  }
}
