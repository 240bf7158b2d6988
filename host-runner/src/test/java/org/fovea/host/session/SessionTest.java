package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.fovea.host.Deployments;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.HostFault;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.manifest.Deployment;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final UnaryOperator<byte[]> CLEAN = UnaryOperator.identity();
  private final Deployment deployment = Deployments.sample();
  private final byte[] image = image();

  private byte[] image() {
    byte[] bytes = new byte[deployment.input().bytes()];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  @Test
  void bringsEverythingBack() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    List<Integer> rows = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    try (Session session = open(port, new ArrayList<>())) {
      InferenceResult result =
          session.infer(
              image,
              new Progress() {
                @Override
                public void rows(int sent, int total) {
                  rows.add(sent * 100 + total);
                }

                @Override
                public void steps(int done, int total) {
                  steps.add(done);
                }
              });
      assertRight(result);
      assertThat(result.memory())
          .singleElement()
          .satisfies(e -> assertThat(e.used()).isEqualTo(1500));
      assertThat(session.selfTest().orElseThrow().weightsCrc()).isEqualTo(0x01234567L);
      assertThat(session.hello().board()).isEqualTo(deployment.board().id());
    }
    assertThat(rows).containsExactly(104, 204, 304, 404);
    assertThat(steps).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(port.closed).isTrue();
  }

  @Test
  void readsWhoseTheCoreWas() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    try (Session session = open(port, new ArrayList<>())) {
      TaskTimes before = session.taskTimes();
      TaskTimes times = session.taskTimes().since(before);
      assertThat(times)
          .isEqualTo(new TaskTimes(1000, 77, List.of(new TaskTimes.Task("link", 600))));
      assertThat(times.share(times.tasks().get(0))).isEqualTo(0.6);
      assertThat(TaskTimes.NONE.plus(times).plus(times).ticks()).isEqualTo(2000);
    }
  }

  @Test
  void aBoardThatDoesNotCountIsNotAsked() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.counts = false;
    try (Session session = open(port, new ArrayList<>())) {
      assertThat(session.taskTimes()).isEqualTo(TaskTimes.NONE);
    }
  }

  @Test
  void takesTheNextImageInWhileTheLastOneIsInWork() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.twoImages = true;
    assertStream(port, 5);
    assertThat(port.device.mostInFlight).isEqualTo(2);
  }

  @Test
  void aBoardThatCannotGetsImagesOneByOne() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    assertStream(port, 3);
    assertThat(port.device.mostInFlight).isEqualTo(1);
  }

  @Test
  void theLossOfAnyByteOfAStreamIsHealed() {
    for (boolean toBoard : new boolean[] {true, false}) {
      Damage counter = Damage.cut(Integer.MAX_VALUE);
      assertStream(streaming(counter, toBoard), 3);
      for (int n = 0; n < counter.seen(); n++) {
        assertStream(streaming(Damage.flip(n), toBoard), 3);
        assertStream(streaming(Damage.drop(n), toBoard), 3);
      }
    }
  }

  private FakePort streaming(Damage damage, boolean toBoard) {
    FakePort port =
        toBoard ? new FakePort(deployment, damage, CLEAN) : new FakePort(deployment, CLEAN, damage);
    port.device.twoImages = true;
    return port;
  }

  /** Each result is of its own image; and a lone image goes through afterwards. */
  private void assertStream(FakePort port, int count) {
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[deployment.input().bytes()];
      new Random(i).nextBytes(bytes);
      images.add(bytes);
    }
    try (Session session = open(port, new ArrayList<>())) {
      List<InferenceResult> results = session.inferAll(images, i -> Progress.NONE);
      assertThat(results).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(results.get(i).outputs().get(0).toArray())
            .isEqualTo(FakeDevice.output(deployment, images.get(i)));
        assertThat(results.get(i).crcs())
            .containsExactly(FakeDevice.crc(images.get(i), 0), FakeDevice.crc(images.get(i), 1));
        assertThat(results.get(i).intervalSeconds().isPresent())
            .isEqualTo(port.device.twoImages && i > 0);
      }
      assertRight(session.infer(image, Progress.NONE));
    }
  }

  @Test
  void sendsALongRowInParts() {
    Deployment wide =
        Deployments.edited(root -> ((ObjectNode) root.get("input")).put("width", 100));
    FakePort port = new FakePort(wide, CLEAN, CLEAN);
    byte[] pixels = new byte[wide.input().bytes()];
    new Random(2).nextBytes(pixels);
    try (Session session =
        Session.open(port, wide, Timing.board(), 9, line -> {}, port::nanoTime)) {
      assertThat(session.infer(pixels, Progress.NONE).crcs())
          .containsExactly(FakeDevice.crc(pixels, 0), FakeDevice.crc(pixels, 1));
    }
  }

  @Test
  void refusesTheFirmwareOfAnotherModel() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.modelSha256 = "34".repeat(32);
    assertThatThrownBy(() -> open(port, new ArrayList<>()))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining("34343434")
        .hasMessageContaining("12121212");
    assertThat(port.closed).isTrue();
  }

  @Test
  void aSilentLineEndsAsLinkFailed() {
    FakePort port = new FakePort(deployment, bytes -> new byte[0], CLEAN);
    assertThatThrownBy(() -> open(port, new ArrayList<>()))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("gave no answer within 4.5 s")
        .hasMessageContaining("held by a debugger")
        .hasMessageContaining("Let an attached debugger run the core");
    assertThat(port.nanoTime()).isEqualTo(9 * 500_000_000L);
  }

  @Test
  void waitsForABoardThatStillWorks() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    port.device.busyAnswers = 100;
    try (Session session = open(port, new ArrayList<>())) {
      assertRight(session.infer(image, Progress.NONE));
    }
  }

  @Test
  void aFailedAndAStalledInferenceEnd() {
    FakePort failing = new FakePort(deployment, CLEAN, CLEAN);
    failing.device.failing = true;
    Session first = open(failing, new ArrayList<>());
    assertThatThrownBy(() -> first.infer(image, Progress.NONE))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining("failed at step");
    FakePort stalled = new FakePort(deployment, CLEAN, CLEAN);
    stalled.device.stalled = true;
    Session second = open(stalled, new ArrayList<>());
    assertThatThrownBy(() -> second.infer(image, Progress.NONE))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("stands at step 0 of 6");
  }

  @Test
  void aBoardThatWasResetIsNamedSo() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    Session session = open(port, new ArrayList<>());
    session.sendImage(image, Progress.NONE);
    port.device.reset();
    assertThatThrownBy(() -> session.awaitDone(Progress.NONE))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("was reset");
  }

  @Test
  void logLinesArriveCleanAndAGapShows() {
    FakePort port = new FakePort(deployment, CLEAN, CLEAN);
    List<String> lines = new ArrayList<>();
    Session session = open(port, lines);
    port.device.log("one\u001b[2J");
    session.status();
    port.device.logs += 2;
    port.device.log("two");
    session.status();
    assertThat(lines).containsExactly("one [2J", "(2 log lines lost)", "two");
  }

  @Test
  void theLossOfAnyByteToTheBoardIsHealedOrNamed() {
    forEveryByte(Damage::drop, true);
    forEveryByte(Damage::flip, true);
    forEveryByte(Damage::twice, true);
    forEveryByte(Damage::zero, true);
  }

  @Test
  void theLossOfAnyByteFromTheBoardIsHealedOrNamed() {
    forEveryByte(Damage::drop, false);
    forEveryByte(Damage::flip, false);
    forEveryByte(Damage::twice, false);
    forEveryByte(Damage::zero, false);
  }

  @Test
  void earlierAnswersReplayedBeforeEachNewOneAreStale() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    UnaryOperator<byte[]> replay =
        bytes -> {
          said.writeBytes(bytes);
          return said.toByteArray();
        };
    FakePort port = new FakePort(deployment, CLEAN, replay);
    List<Integer> steps = new ArrayList<>();
    try (Session session = open(port, new ArrayList<>())) {
      assertRight(session.infer(image, new Steps(steps)));
    }
    assertThat(steps).containsExactly(1, 2, 3, 4, 5, 6);
  }

  private record Steps(List<Integer> seen) implements Progress {
    @Override
    public void rows(int sent, int total) {
      assertThat(total).isEqualTo(4);
    }

    @Override
    public void steps(int done, int total) {
      seen.add(done);
    }
  }

  @Test
  void aLineCutAtAnyByteEndsAsLinkFailed() {
    for (boolean toBoard : new boolean[] {true, false}) {
      int total = traffic(toBoard);
      for (int n = 0; n < total - 1; n++) {
        Damage damage = Damage.cut(n);
        FakePort port =
            toBoard
                ? new FakePort(deployment, damage, CLEAN)
                : new FakePort(deployment, CLEAN, damage);
        assertThatThrownBy(() -> run(port)).as("cut at %d", n).isInstanceOf(LinkFailed.class);
      }
    }
  }

  @Test
  void manyRandomErrorsNeverMakeAWrongResult() {
    int healed = 0;
    for (int seed = 0; seed < 300; seed++) {
      double rate = 0.001 * (seed % 10);
      FakePort port = new FakePort(deployment, Damage.noise(seed, rate), Damage.noise(~seed, rate));
      try {
        assertRight(run(port));
        healed++;
      } catch (HostFault e) {
        assertThat(e).isInstanceOf(LinkFailed.class);
      }
    }
    assertThat(healed).isGreaterThan(200);
  }

  private void forEveryByte(IntFunction<Damage> damageAt, boolean toBoard) {
    int total = traffic(toBoard);
    assertThat(total).isGreaterThan(400);
    for (int n = 0; n < total; n++) {
      Damage damage = damageAt.apply(n);
      FakePort port =
          toBoard
              ? new FakePort(deployment, damage, CLEAN)
              : new FakePort(deployment, CLEAN, damage);
      // One damaged byte costs a repeat, never the result.
      assertRight(run(port));
    }
  }

  private int traffic(boolean toBoard) {
    Damage counter = Damage.cut(Integer.MAX_VALUE);
    run(
        toBoard
            ? new FakePort(deployment, counter, CLEAN)
            : new FakePort(deployment, CLEAN, counter));
    return counter.seen();
  }

  private InferenceResult run(FakePort port) {
    try (Session session = open(port, new ArrayList<>())) {
      return session.infer(image, Progress.NONE);
    }
  }

  private Session open(FakePort port, List<String> log) {
    return Session.open(port, deployment, Timing.board(), 0x1234567, log::add, port::nanoTime);
  }

  private void assertRight(InferenceResult result) {
    assertThat(result.outputs().get(0).toArray()).isEqualTo(FakeDevice.output(deployment, image));
    assertThat(result.crcs()).containsExactly(FakeDevice.crc(image, 0), FakeDevice.crc(image, 1));
    assertThat(result.ticks()).containsExactly(1_000L, 2_000L);
  }
}
