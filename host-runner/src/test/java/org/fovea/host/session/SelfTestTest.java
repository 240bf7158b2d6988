package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fovea.host.Deployments;
import org.fovea.host.detect.Expectation;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;
import org.fovea.host.selftest.Check;
import org.fovea.host.selftest.Check.Verdict;
import org.fovea.host.selftest.SelfTest;
import org.fovea.host.selftest.SelfTestSheet;
import org.junit.jupiter.api.Test;

/** A self-test of a board in memory, over a line that may be bad. */
class SelfTestTest {
  private static final UnaryOperator<byte[]> CLEAN = UnaryOperator.identity();
  private static final String[] IDS = {
    "hello",
    "weights",
    "tables",
    "layers",
    "repeats",
    "round-trips",
    "line-errors",
    "clock",
    "stacks",
    "ram-cells"
  };

  private final Deployment deployment = Deployments.sample();
  private Footprint footprint =
      new Footprint("", "", List.of(), List.of(new Footprint.Stack("main", 2000, 4096)));
  private Optional<SelfTest.Oracle> oracle =
      Optional.of(image -> crcs(FakeDevice.crc(image, 0), FakeDevice.crc(image, 1)));

  /** The device's own, but for the first value. */
  private static Expectation outputs(Deployment of, byte[] image, int off) {
    byte[] output = FakeDevice.output(of, image);
    output[0] += (byte) (output[0] > 0 ? -off : off);
    return new Expectation.Outputs(List.of(Bytes.of(output)));
  }

  private static Expectation crcs(Long first, Long second) {
    return new Expectation.Layers(List.of(first, second));
  }

  @Test
  void aGoodBoardOnAGoodLine() {
    SelfTestSheet sheet = run(deployment, new FakePort(deployment, CLEAN, CLEAN));
    assertThat(sheet.checks()).extracting(Check::id).containsExactly(IDS);
    assertThat(sheet.checks())
        .filteredOn(c -> c.verdict() != Verdict.PASS)
        .extracting(Check::id)
        .containsExactly("clock");
    assertThat(sheet.passed()).isTrue();
    assertThat(sheet.linkLost()).isFalse();
    assertThat(sheet.figures()).isEqualTo("emulated");
    assertThat(sheet.layers()).hasSize(2);
    assertThat(sheet.layers().get(1).equalsPc()).contains(true);
    assertThat(sheet.layers().get(1).ticks())
        .contains(new SelfTestSheet.Ticks(2_000, 2_000, 2_000));
    SelfTestSheet.Link link = sheet.link().orElseThrow();
    assertThat(link.errorRate()).isZero();
    assertThat(link.repeats()).isZero();
    assertThat(link.lineShare()).isEmpty();
    assertThat(found(sheet, "stacks")).isEqualTo("main 1500 bytes of 2000");
  }

  @Test
  void theShareOfTheLineIsOfTheRateThatBothEndsAgreedOn() {
    Deployment silicon = Deployments.silicon();
    SelfTestSheet.Link link =
        run(silicon, new FakePort(silicon, CLEAN, CLEAN)).link().orElseThrow();
    assertThat(link.baud()).hasValue(1_000_000);
    assertThat(link.lineShare().orElseThrow()).isPositive();
  }

  @Test
  void aNoisyLineShowsAndHidesNothing() {
    FakePort port = new FakePort(deployment, Damage.noise(3, 3e-4), Damage.noise(4, 3e-4));
    SelfTestSheet sheet = run(deployment, port);
    assertThat(failed(sheet)).contains("line-errors").doesNotContain("layers", "repeats");
    SelfTestSheet.Link link = sheet.link().orElseThrow();
    assertThat(link.errorRate()).isBetween(0.001, 0.1);
    assertThat(link.deviceBadFrames()).isPositive();
    assertThat(link.hostBadFrames()).isPositive();
    assertThat(link.repeats()).isGreaterThanOrEqualTo(link.deviceBadFrames());
    assertThat(check(sheet, "line-errors").remedy()).contains("shorter cable");
    assertThat(sheet.linkLost()).isFalse();
  }

  @Test
  void oneDamagedFrameIsCountedAndForgiven() {
    FakePort port = new FakePort(deployment, CLEAN, Damage.flip(4_000));
    SelfTestSheet sheet = run(deployment, port);
    assertThat(failed(sheet)).isSubsetOf("round-trips");
    SelfTestSheet.Link link = sheet.link().orElseThrow();
    assertThat(link.hostBadFrames() + link.deviceBadFrames()).isEqualTo(1);
    assertThat(link.repeats()).isEqualTo(1);
    assertThat(link.errorRate()).isBetween(0.5 / link.frames(), 1.5 / link.frames());
  }

  @Test
  void aBoardThatFallsSilentEndsWhatNeedsIt() {
    FakePort port = new FakePort(deployment, CLEAN, Damage.cut(2_000));
    SelfTestSheet sheet = run(deployment, port);
    assertThat(sheet.linkLost()).isTrue();
    assertThat(sheet.checks()).extracting(Check::id).containsExactly(IDS);
    assertThat(failed(sheet)).containsExactly("layers");
    assertThat(found(sheet, "layers")).contains("gave no answer");
    assertThat(found(sheet, "stacks")).contains("fallen silent");
    assertThat(sheet.layers()).isEmpty();
  }

  @Test
  void otherConstantsInMemory() {
    Deployment other = Deployments.edited(root -> root.put("weights_crc32", "01234568"));
    SelfTestSheet sheet = run(other, new FakePort(other, CLEAN, CLEAN));
    assertThat(failed(sheet)).containsExactly("weights");
    assertThat(found(sheet, "weights")).contains("01234567", "01234568");
    assertThat(check(sheet, "weights").remedy()).contains("external flash");
    assertThat(sheet.passed()).isFalse();
  }

  @Test
  void aLayerThatIsNotThePcs() {
    oracle = Optional.of(image -> crcs(FakeDevice.crc(image, 0), FakeDevice.crc(image, 0)));
    SelfTestSheet sheet = run(deployment, new FakePort(deployment, CLEAN, CLEAN));
    assertThat(failed(sheet)).containsExactly("layers");
    assertThat(found(sheet, "layers")).contains("layer 1 ", "differs first", "image 'noise'");
    assertThat(sheet.layers())
        .extracting(l -> l.equalsPc().orElseThrow())
        .containsExactly(true, false);
  }

  @Test
  void aLayerThatChangesFromRunToRun() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.driftingLayer = 0;
    oracle = Optional.empty();
    SelfTestSheet sheet = run(deployment, port);
    assertThat(failed(sheet)).containsExactly("repeats");
    assertThat(found(sheet, "repeats")).contains("layer 0 ", "'noise'");
    assertThat(sheet.layers())
        .extracting(SelfTestSheet.LayerRow::stable)
        .containsExactly(false, true);
    assertThat(check(sheet, "layers").verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(check(sheet, "layers").remedy()).contains("--model");
  }

  @Test
  void memoryThatForgets() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.wrongCells = 3;
    SelfTestSheet sheet = run(deployment, port);
    assertThat(failed(sheet)).containsExactly("ram-cells");
    assertThat(found(sheet, "ram-cells"))
        .isEqualTo(
            "3 wrong reads in 4096 bytes, first at byte 1236 of the activations: wrote 55555555,"
                + " read 55555551");
  }

  @Test
  void firmwareThatTestsNoMemory() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.testsCells = false;
    assertThat(check(run(deployment, port), "ram-cells").verdict()).isEqualTo(Verdict.NOT_TESTED);
  }

  @Test
  void aStackAboveItsBound() {
    footprint = new Footprint("", "", List.of(), List.of(new Footprint.Stack("main", 1499, 4096)));
    SelfTestSheet sheet = run(deployment, new FakePort(deployment, CLEAN, CLEAN));
    assertThat(failed(sheet)).containsExactly("stacks");
    assertThat(found(sheet, "stacks")).isEqualTo("main used 1500 bytes, bound 1499");
    footprint = Footprint.NONE;
    SelfTestSheet unbuilt = run(deployment, new FakePort(deployment, CLEAN, CLEAN));
    assertThat(check(unbuilt, "stacks").verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(check(unbuilt, "stacks").remedy()).contains("fovea build");
  }

  @Test
  void anEngineNeedComeNearOnly() {
    Deployment engine =
        Deployments.edited(
            root ->
                root.set(
                    "engine", Deployments.json("{'name': 'nbg', 'exact': false, 'files': []}")));
    oracle = Optional.of(image -> outputs(engine, image, 1));
    SelfTestSheet sheet = run(engine, new FakePort(engine, CLEAN, CLEAN));
    assertThat(sheet.checks()).extracting(Check::id).containsExactly(IDS);
    assertThat(failed(sheet)).isEmpty();
    assertThat(found(sheet, "layers")).startsWith("engine: ").contains("at most 1 steps", "20 dB");
    assertThat(check(sheet, "weights").verdict()).isEqualTo(Verdict.NOT_TESTED);
    oracle = Optional.of(image -> outputs(engine, image, 120));
    assertThat(failed(run(engine, new FakePort(engine, CLEAN, CLEAN)))).containsExactly("layers");
    oracle = Optional.of(image -> new Expectation.Nothing("nobody runs it"));
    SelfTestSheet unknown = run(engine, new FakePort(engine, CLEAN, CLEAN));
    assertThat(check(unknown, "layers").verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(found(unknown, "layers")).isEqualTo("nobody runs it");
  }

  @Test
  void aBoardThatIsRefusedHasAPageToo() {
    SelfTestSheet sheet = test(deployment).refused(new DeviceRefused("board", "what", "why", "do"));
    assertThat(sheet.checks()).extracting(Check::id).containsExactly(IDS);
    assertThat(check(sheet, "hello").found()).isEqualTo("what. why");
    assertThat(check(sheet, "hello").remedy()).isEqualTo("do");
    assertThat(sheet.passed()).isFalse();
    assertThat(failed(sheet)).containsExactly("hello");
  }

  private SelfTest test(Deployment of) {
    SelfTestSheet.Project project =
        new SelfTestSheet.Project("1", "b", "n", "s", "c", true, "bare", "m", "00", "11");
    return new SelfTest(project, of, footprint, oracle);
  }

  private SelfTestSheet run(Deployment of, FakePort port) {
    try (Session session =
        Session.open(port, of, Timing.board(), 0x1234567, line -> {}, port::nanoTime)) {
      return test(of).run(session, Progress.NONE);
    }
  }

  private static List<String> failed(SelfTestSheet sheet) {
    return sheet.checks().stream().filter(c -> c.verdict() == Verdict.FAIL).map(Check::id).toList();
  }

  private static Check check(SelfTestSheet sheet, String id) {
    return sheet.checks().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private static String found(SelfTestSheet sheet, String id) {
    return check(sheet, id).found();
  }
}
