package org.fovea.generator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserFaultTest {
  @Test
  void messageHoldsEveryFinding() {
    UserFault fault =
        new UserFault.ModelRejected(
            List.of(
                new Finding("op 0", "bad", "no kernel", "retrain"),
                new Finding("op 1", "worse", "no axis", "give up")));
    assertThat(fault)
        .hasMessage("op 0: bad: no kernel\n    -> retrain\nop 1: worse: no axis\n    -> give up");
  }

  @Test
  void untrustedTextCannotForgeLines() {
    Finding finding = new Finding("a\nb", "\u001b[31mred", "why", "do");
    assertThat(finding.toString()).isEqualTo("a b:  [31mred: why\n    -> do");
  }

  @Test
  void aFaultWithoutFindingsIsABug() {
    assertThatThrownBy(() -> new UserFault.ToolMissing(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
