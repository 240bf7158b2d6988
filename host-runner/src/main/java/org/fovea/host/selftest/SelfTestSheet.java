package org.fovea.host.selftest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a self-test found, as its page and its JSON have it.
 *
 * @param figures where they come from: measured or emulated
 * @param linkLost whether the board fell silent: later checks are not tested
 * @param device what the board said of itself; empty when it was refused
 * @param layers empty when no inference ran
 */
public record SelfTestSheet(
    Project project,
    String figures,
    boolean passed,
    boolean linkLost,
    Optional<Device> device,
    List<Check> checks,
    List<LayerRow> layers,
    List<Mark> memory,
    Optional<Clock> clock,
    Optional<Link> link) {

  public SelfTestSheet {
    checks = List.copyOf(checks);
    layers = List.copyOf(layers);
    memory = List.copyOf(memory);
  }

  /**
   * What was to be proved.
   *
   * @param tool version of Fovea
   * @param soc part number; empty for a board that this version does not know
   */
  public record Project(
      String tool,
      String board,
      String boardName,
      String soc,
      String cpu,
      boolean emulated,
      String rtos,
      String model,
      String modelSha256,
      String layoutSha256) {}

  /**
   * What HELLO says.
   *
   * @param counter cycles, instructions or nanoseconds
   * @param clockHz of that counter
   */
  public record Device(
      String board,
      int protocol,
      String modelSha256,
      String layoutSha256,
      long runtimeAbi,
      String counter,
      long clockHz,
      int maxPayload) {}

  /**
   * One fused layer over all inferences.
   *
   * @param equalsPc empty where the PC's checksum is not known
   * @param stable the same checksum each time for the same image
   * @param ticks empty when the firmware counts none
   */
  public record LayerRow(
      int index,
      String name,
      String kernel,
      String variant,
      String weightsRegion,
      long macs,
      Optional<Boolean> equalsPc,
      boolean stable,
      Optional<Ticks> ticks) {}

  /** Ticks of one layer. */
  public record Ticks(long min, long median, long max) {}

  /**
   * High-water mark of one memory, in bytes.
   *
   * @param bound what the build proved of a stack; empty where it proves none
   */
  public record Mark(String name, long size, long used, Optional<Long> bound) {}

  /**
   * The device's clock beside the host's, in seconds, of the inference where they are closest to a
   * contradiction.
   *
   * @param device sum of the layers' ticks by the clock that HELLO names
   * @param whole from BEGIN until done, by the host: cannot be less
   * @param tail after the last row, less the host's own delay: cannot be more, since only layers
   *     run then
   * @param ratio device / whole
   */
  public record Clock(double device, double whole, double tail, double ratio) {}

  /**
   * The line.
   *
   * @param baud bits a second; empty where the line has none
   * @param lineShare row bytes a second of baud / 10
   * @param frames sent and received
   * @param overruns bytes that the device lost before it saw them
   * @param errorRate damaged frames of all
   */
  public record Link(
      int roundTrips,
      Latency latencyMs,
      long rowBytesPerSecond,
      OptionalInt baud,
      Optional<Double> lineShare,
      long frames,
      long repeats,
      long hostBadFrames,
      long deviceBadFrames,
      long overruns,
      double errorRate) {}

  /** Milliseconds there and back. */
  public record Latency(double min, double median, double p95, double max) {}
}
