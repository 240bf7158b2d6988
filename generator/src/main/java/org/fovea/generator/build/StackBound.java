package org.fovea.generator.build;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.fault.Finding;

/**
 * One stack of a built firmware.
 *
 * @param name as the MEMORY answer of docs/PROTOCOL.md has it
 * @param bound no run needs more bytes
 * @param reserved bytes that it has
 * @param parts what lies on it at the worst moment
 */
public record StackBound(String name, long bound, long reserved, List<Part> parts) {

  /** One stretch: an entry's, a handler's or a saved context's. */
  public record Part(String what, long bytes, List<StackChain.Call> chain) {
    public Part {
      chain = List.copyOf(chain);
    }

    static Part of(String what, List<StackChain.Call> chain) {
      return new Part(what, chain.stream().mapToLong(StackChain.Call::bytes).sum(), chain);
    }

    /** The chain as one line. */
    public String text() {
      return new StackChain(bytes, chain).text();
    }
  }

  public StackBound {
    parts = List.copyOf(parts);
  }

  StackBound(String name, long reserved, List<Part> parts) {
    this(name, parts.stream().mapToLong(Part::bytes).sum(), reserved, parts);
  }

  /** Whether it can overflow; by how much, and on which way. */
  Optional<Finding> shortfall() {
    return bound <= reserved
        ? Optional.empty()
        : Optional.of(
            new Finding(
                name,
                "is too small by " + (bound - reserved) + " bytes",
                "it has "
                    + reserved
                    + " and can need "
                    + bound
                    + ": "
                    + parts.stream().map(Part::text).collect(Collectors.joining("; then ")),
                "make the calls shallower or their local arrays static, or enlarge the stack in"
                    + " generated/fv_config.h and generated/firmware.ld"));
  }
}
