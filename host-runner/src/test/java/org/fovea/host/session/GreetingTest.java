package org.fovea.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fovea.host.Deployments;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.PortInfo;
import org.junit.jupiter.api.Test;

/** Who is at a line that nothing is known of. */
class GreetingTest {
  private static final UnaryOperator<byte[]> CLEAN = UnaryOperator.identity();
  private final Deployment deployment = Deployments.sample();

  @Test
  void aBoardSaysWhoItIs() {
    Answers.Hello hello = Greeting.ask(new FakePort(deployment, CLEAN, CLEAN), 20).orElseThrow();
    assertThat(hello.board()).isEqualTo(deployment.board().id());
    assertThat(hello.modelSha256()).isEqualTo(deployment.model().sha256());
    assertThat(hello.layers()).isEqualTo(2);
  }

  @Test
  void aLostByteIsMadeUpForAndSilenceEnds() {
    assertThat(Greeting.ask(new FakePort(deployment, CLEAN, Damage.flip(9)), 20)).isPresent();
    assertThat(Greeting.ask(new FakePort(deployment, Damage.drop(4), CLEAN), 20)).isPresent();
    assertThat(Greeting.ask(new FakePort(deployment, CLEAN, bytes -> new byte[0]), 20))
        .isEqualTo(Optional.empty());
    assertThat(Greeting.ask(new FakePort(deployment, bytes -> new byte[0], CLEAN), 20)).isEmpty();
  }

  @Test
  void adaptersAreKnownByTheirProduct() {
    assertThat(new PortInfo("p", "", "0483:374b").adapter()).isEqualTo("ST-LINK/V2-1");
    assertThat(new PortInfo("p", "", "0483:374e").adapter()).isEqualTo("ST-LINK/V3");
    assertThat(new PortInfo("p", "", "0403:6001").adapter()).isEmpty();
    assertThat(new PortInfo("p", "", "").adapter()).isEmpty();
  }
}
