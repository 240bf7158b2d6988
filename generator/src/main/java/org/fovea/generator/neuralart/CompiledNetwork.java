package org.fovea.generator.neuralart;

import java.util.List;

/**
 * What the C file of a compiled network says.
 *
 * @param name that its functions end in, such as Default
 * @param compiler its version, as the compiler writes it: untrusted text
 * @param pools that it uses
 */
public record CompiledNetwork(
    String name, String compiler, List<Pool> pools, List<Buffer> inputs, List<Buffer> outputs) {
  public CompiledNetwork {
    pools = List.copyOf(pools);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
