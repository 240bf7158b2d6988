package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.fovea.host.Deployments;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.monitor.Monitor;
import org.fovea.host.monitor.MonitorState;
import org.junit.jupiter.api.Test;

/** A monitor of boards in memory, some of which fall silent. */
class MonitorTest {
  private static final UnaryOperator<byte[]> CLEAN = UnaryOperator.identity();

  private final Deployment deployment = Deployments.sample();
  private final MonitorState state = new MonitorState(deployment, List::of);
  private final List<ImageInput> images =
      List.of(ImageInput.ofTensor("a", new byte[deployment.input().bytes()], deployment.input()));
  private final List<FakePort> ports = new ArrayList<>();

  /** Lines in turn; where they are used up there is none. */
  private Monitor monitor(long frames, List<UnaryOperator<byte[]>> lines) {
    Monitor.Board board =
        (Consumer<Session> work) -> {
          if (ports.size() == lines.size()) {
            throw new LinkFailed("port", "does not exist", "why", "look");
          }
          FakePort port = new FakePort(deployment, CLEAN, lines.get(ports.size()));
          ports.add(port);
          try (Session session =
              Session.open(port, deployment, Timing.board(), 7, text -> {}, port::nanoTime)) {
            work.accept(session);
          }
        };
    return new Monitor(board, deployment, images, state, OptionalLong.of(frames), 1);
  }

  @Test
  void itEndsAfterTheLastFrame() {
    Monitor monitor = monitor(3, List.of(CLEAN));
    monitor.run();
    assertThat(monitor.done()).isEqualTo(3);
    assertThat(ports.get(0).closed).isTrue();
  }

  @Test
  void aLostBoardIsLookedForUntilItIsBack() {
    Monitor monitor = monitor(5, List.of(Damage.cut(2_500), Damage.cut(0), CLEAN));
    monitor.run();
    assertThat(monitor.done()).isEqualTo(5);
    assertThat(ports).hasSize(3).allMatch(p -> p.closed);
  }

  @Test
  void aBoardThatWasNeverThereIsAFault() {
    assertThatThrownBy(() -> monitor(5, List.of()).run()).isInstanceOf(LinkFailed.class);
    assertThatThrownBy(() -> monitor(5, List.of(Damage.cut(0), CLEAN)).run())
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("no answer");
  }

  @Test
  void anInterruptedThreadEndsIt() {
    Thread.currentThread().interrupt();
    monitor(5, List.of(CLEAN)).run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ports).isEmpty();
  }
}
