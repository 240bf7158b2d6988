package org.fovea.generator.build;

import java.util.List;

/**
 * Calls that lie on a stack at the same time, the first one lowest.
 *
 * @param bytes of all
 */
public record StackChain(long bytes, List<Call> calls) {
  static final StackChain EMPTY = new StackChain(0, List.of());

  /** One function's frame. */
  public record Call(String function, long bytes) {}

  public StackChain {
    calls = List.copyOf(calls);
  }

  /** For example {@code main 16 > fv_run_ready 48}. */
  public String text() {
    return String.join(" > ", calls.stream().map(c -> c.function() + " " + c.bytes()).toList());
  }
}
