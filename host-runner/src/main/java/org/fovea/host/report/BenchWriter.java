package org.fovea.host.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.host.bench.BenchCsv;
import org.fovea.host.bench.BenchSheet;
import org.fovea.host.bench.Benchmark;

/** Writes a benchmark's page and its numbers, each file whole or not at all. */
public final class BenchWriter {
  private BenchWriter() {}

  /**
   * Writes the page.
   *
   * @param found the sheet's boards, in its order
   */
  public static Path page(Path file, BenchSheet sheet, List<Benchmark.Found> found)
      throws IOException {
    return WholeFile.write(file, BenchPage.of(sheet, found));
  }

  /** Writes every number of every frame. */
  public static Path csv(Path file, List<Benchmark.Found> found) throws IOException {
    return WholeFile.write(file, out -> BenchCsv.write(found, out));
  }
}
