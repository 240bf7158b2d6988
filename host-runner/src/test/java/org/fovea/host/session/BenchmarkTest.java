package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.fovea.host.Deployments;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.bench.MeteredPort;
import org.fovea.host.bench.Spread;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.manifest.Deployment;
import org.junit.jupiter.api.Test;

/** Benchmarks of a board in memory, whose clock runs only while the host waits. */
class BenchmarkTest {
  private static final UnaryOperator<byte[]> CLEAN = UnaryOperator.identity();
  private static final int POLL_MS = 250;

  private final Deployment emulated = Deployments.sample();
  private final Deployment silicon = Deployments.silicon();
  private final List<Integer> heard = new ArrayList<>();

  private Benchmark.Found run(Deployment deployment, FakePort port, int frames, int warmUp) {
    MeteredPort line = new MeteredPort(port);
    try (Session session =
        Session.open(line, deployment, Timing.board(), 7, text -> {}, port::nanoTime)) {
      byte[] image = new byte[deployment.input().bytes()];
      return new Benchmark(deployment, "here", frames, warmUp, port::nanoTime)
          .run(session, line, List.of(image, image.clone()), heard::add);
    }
  }

  private FakePort silicon() {
    FakePort port = new FakePort(silicon, CLEAN, CLEAN);
    port.device.counter = 1;
    return port;
  }

  private static BoardFigures.Quantity quantity(Benchmark.Found found, String id) {
    return found.figures().quantities().stream()
        .filter(q -> q.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Spread all(double value) {
    return new Spread(value, value, value, value);
  }

  @Test
  void everyTimeOfABoardOfSilicon() {
    Benchmark.Found found = run(silicon, silicon(), 4, 2);
    BoardFigures figures = found.figures();
    assertThat(figures.figures()).isEqualTo("measured");
    assertThat(figures.counter()).isEqualTo("cycles");
    assertThat(figures.overlapped()).isFalse();
    assertThat(heard).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(found.log().frames()).isEqualTo(4);
    // Six steps, one a question: the host waits five times.
    double rest = 5 * POLL_MS;
    assertThat(figures.quantities())
        .extracting(BoardFigures.Quantity::id)
        .containsExactly("ticks", "transfer", "rest", "latency", "compute", "waiting", "interval");
    assertThat(quantity(found, "ticks").spread()).isEqualTo(all(3_000));
    assertThat(quantity(found, "transfer").spread()).isEqualTo(all(0));
    assertThat(quantity(found, "rest").spread()).isEqualTo(all(rest));
    assertThat(quantity(found, "latency").spread()).isEqualTo(all(rest));
    assertThat(quantity(found, "compute").spread()).isEqualTo(all(0.12)); // 3000 at 25 MHz
    assertThat(quantity(found, "waiting").spread()).isEqualTo(all(rest - 0.12));
    assertThat(quantity(found, "interval").spread()).isEqualTo(all(rest));
    assertThat(found.log().interval(0)).isEmpty();
    assertThat(figures.ticksPerMac()).contains(0.024); // 3000 of 123456
    assertThat(figures.layers())
        .extracting(BoardFigures.LayerFigures::ticks)
        .containsExactly(all(1_000), all(2_000));
    assertThat(figures.layers().get(1).ticksPerMac()).contains(0.085);
    assertThat(figures.memory()).containsExactly(new BoardFigures.Mark("main", 4096, 1500));
  }

  @Test
  void theLineCountsTheFramesAlone() {
    BoardFigures.Line few = run(silicon, silicon(), 1, 5).figures().line();
    BoardFigures.Line many = run(silicon, silicon(), 10, 0).figures().line();
    assertThat(many.bytesToBoard()).isBetween(9 * few.bytesToBoard(), 10 * few.bytesToBoard());
    assertThat(few.bytesToBoard()).isGreaterThan(silicon.input().bytes());
    assertThat(few.bytesFromBoard()).isGreaterThan(silicon.outputs().get(0).bytes());
    assertThat(many.repeats()).isZero();
    // Ten bits a byte, at a million baud, in 1.25 s a frame.
    assertThat(few.shareToBoard().orElseThrow())
        .isEqualTo(Math.rint(few.bytesToBoard() * 10 / 1.25 / 1e3) / 1e3);
  }

  @Test
  void damageShows() {
    FakePort port = new FakePort(silicon, Damage.noise(3, 3e-4), Damage.noise(4, 3e-4));
    port.device.counter = 1;
    BoardFigures.Line line = run(silicon, port, 60, 0).figures().line();
    assertThat(line.repeats()).isPositive();
    assertThat(line.damagedToBoard()).isPositive();
    assertThat(line.damagedFromBoard()).isPositive();
    assertThat(line.requests()).isGreaterThan(line.repeats());
  }

  @Test
  void anEmulatorHasTicksAndNoTimes() {
    Benchmark.Found found = run(emulated, new FakePort(emulated, CLEAN, CLEAN), 2, 0);
    assertThat(found.figures().figures()).isEqualTo("emulated");
    assertThat(found.figures().quantities())
        .extracting(BoardFigures.Quantity::id, BoardFigures.Quantity::unit)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("ticks", "instructions"));
    assertThat(found.figures().line().shareToBoard()).isEmpty();
  }

  /** The board's word counts: a project for silicon, and an emulator at its port. */
  @Test
  void whoCountsInstructionsIsAnEmulator() {
    FakePort port = silicon();
    port.device.counter = 2;
    assertThat(run(silicon, port, 1, 0).figures().figures()).isEqualTo("emulated");
    FakePort odd = silicon();
    odd.device.counter = 9;
    assertThatThrownBy(() -> run(silicon, odd, 1, 0))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining("counts something of number 9");
  }

  /** The first frame has no interval. */
  @Test
  void twoInFlightWhereTheBoardCan() {
    FakePort port = silicon();
    port.device.twoImages = true;
    Benchmark.Found found = run(silicon, port, 40, 3);
    assertThat(port.device.mostInFlight).isEqualTo(2);
    assertThat(found.figures().overlapped()).isTrue();
    assertThat(found.log().frames()).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      assertThat(found.log().interval(i).isPresent()).as("frame " + i).isEqualTo(i != 0);
    }
    assertThat(heard).isSorted().endsWith(43);
    assertThat(found.log().interval(0)).isEqualTo(OptionalDouble.empty());
  }
}
