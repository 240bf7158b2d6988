package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.fovea.generator.fault.UserFault;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.fault.HostFault;

/** Benchmarks several boards at once, a thread each: what one of them does is not the others'. */
record BenchRun(Terminal terminal, List<BenchTarget> targets, int frames, int warmUp) {

  /** Of one board: figures, or why there are none. */
  sealed interface Outcome {
    BenchTarget target();

    /** It went to its end. */
    record Done(BenchTarget target, Benchmark.Found found) implements Outcome {}

    /** It gave no figures. */
    record Failed(BenchTarget target, RuntimeException fault) implements Outcome {}
  }

  /**
   * Runs them all, also when one fails.
   *
   * @return in the order of the targets
   */
  List<Outcome> run(List<Path> photos) {
    List<List<byte[]>> tensors =
        targets.stream().map(t -> t.tensors(photos, warmUp + frames)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(targets.size(), BenchRun::daemon);
    try (ProgressLine progress = new ProgressLine(terminal, "frames")) {
      List<Future<Outcome>> running = new ArrayList<>();
      AtomicInteger done = new AtomicInteger();
      for (int i = 0; i < targets.size(); i++) {
        BenchTarget target = targets.get(i);
        List<byte[]> images = tensors.get(i);
        IntConsumer step = steps(done, progress);
        running.add(pool.submit(() -> outcome(target, images, step)));
      }
      return running.stream().map(BenchRun::result).toList();
    } finally {
      pool.shutdownNow();
    }
  }

  /** Adds one board's frames to those of all. */
  private IntConsumer steps(AtomicInteger done, ProgressLine progress) {
    AtomicInteger own = new AtomicInteger();
    return now ->
        progress.items(
            done.addAndGet(now - own.getAndSet(now)), targets.size() * (frames + warmUp));
  }

  private Outcome outcome(BenchTarget target, List<byte[]> tensors, IntConsumer step) {
    Bench bench =
        new Bench(
            terminal,
            target.deployment(),
            Results.elf(target.project(), target.deployment()),
            target.line());
    Benchmark benchmark = new Benchmark(target.deployment(), target.port(), frames, warmUp);
    try {
      return new Outcome.Done(
          target, bench.metered((session, line) -> benchmark.run(session, line, tensors, step)));
    } catch (UserFault | HostFault fault) {
      return new Outcome.Failed(target, fault);
    }
  }

  private static Outcome result(Future<Outcome> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bench");
    thread.setDaemon(true);
    return thread;
  }
}
