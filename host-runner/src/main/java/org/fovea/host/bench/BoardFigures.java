package org.fovea.host.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a benchmark found of one board, as terminal, page and JSON have it.
 *
 * @param port how it was reached
 * @param figures measured or emulated: true of every figure in here
 * @param counter cycles, instructions or ns
 * @param clockHz of that counter
 * @param overlapped whether the next image came in while one was in work
 * @param ticksPerMac of the network, at the median; empty where nothing is counted
 * @param published what somebody else measured of this network on this board, with another engine
 * @param changes against a baseline; empty without one
 */
public record BoardFigures(
    Subject subject,
    String port,
    String figures,
    String counter,
    long clockHz,
    int frames,
    int warmUp,
    int images,
    boolean overlapped,
    List<Quantity> quantities,
    Optional<Double> ticksPerMac,
    List<LayerFigures> layers,
    Line line,
    List<Mark> memory,
    Optional<Published> published,
    List<Change> changes) {

  public BoardFigures {
    quantities = List.copyOf(quantities);
    layers = List.copyOf(layers);
    memory = List.copyOf(memory);
    changes = List.copyOf(changes);
  }

  /** What ran. */
  public record Subject(
      String board,
      String boardName,
      String cpu,
      String rtos,
      String model,
      String modelSha256,
      String layoutSha256,
      long macs) {}

  /**
   * One thing that every frame has.
   *
   * @param id stable, for programs
   * @param unit ms, or the counter's
   */
  public record Quantity(String id, String title, String unit, Spread spread) {}

  /**
   * One fused layer, over all frames.
   *
   * @param ticksPerMac at the median; empty for a layer without multiplications
   */
  public record LayerFigures(
      int index,
      String name,
      String kernel,
      String variant,
      long macs,
      Spread ticks,
      Optional<Double> ticksPerMac) {}

  /**
   * What went over the line, warm-up left out.
   *
   * @param requests repeated ones too
   * @param damagedToBoard frames that the board dropped
   * @param damagedFromBoard frames that the host dropped
   * @param overruns bytes that the board lost before it saw them
   * @param baud empty where the line has none
   * @param shareToBoard bytes to the board, of what the line can carry in that time
   * @param shareFromBoard the same of bytes back
   */
  public record Line(
      long bytesToBoard,
      long bytesFromBoard,
      long requests,
      long repeats,
      long damagedToBoard,
      long damagedFromBoard,
      long overruns,
      OptionalInt baud,
      Optional<Double> shareToBoard,
      Optional<Double> shareFromBoard) {}

  /** High-water mark of one memory, in bytes. */
  public record Mark(String name, long size, long used) {}

  /** Somebody else's figure. */
  public record Published(double ms, long hertz, String engine) {}

  /** The same beside a baseline. */
  public BoardFigures with(List<Change> found) {
    return with(published, found);
  }

  /** The same beside somebody else's figure. */
  public BoardFigures with(Optional<Published> figure) {
    return with(figure, changes);
  }

  private BoardFigures with(Optional<Published> figure, List<Change> found) {
    return new BoardFigures(
        subject,
        port,
        figures,
        counter,
        clockHz,
        frames,
        warmUp,
        images,
        overlapped,
        quantities,
        ticksPerMac,
        layers,
        line,
        memory,
        figure,
        found);
  }

  /** Whether nothing became worse than the baseline allows. */
  public boolean holds() {
    return changes.stream().noneMatch(c -> c.verdict() == Change.Verdict.WORSE);
  }
}
