package org.fovea.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.generator.fault.UserFault;
import org.fovea.host.fault.HostFault;

/** What several checks found, told at once; the first fault decides the exit code. */
final class Faults {
  private Optional<RuntimeException> first = Optional.empty();

  /** What the check gives; empty when it found a fault. */
  <T> Optional<T> of(Supplier<T> check) {
    try {
      return Optional.of(check.get());
    } catch (UserFault | HostFault fault) {
      first.ifPresentOrElse(f -> f.addSuppressed(fault), () -> first = Optional.of(fault));
      return Optional.empty();
    }
  }

  void check(Runnable check) {
    of(
        () -> {
          check.run();
          return true;
        });
  }

  /** Throws the first fault, with the others behind it. */
  void raise() {
    first.ifPresent(
        fault -> {
          throw fault;
        });
  }
}
