package org.fovea.generator.reference;

/** One operator with everything computed that no input changes. */
@FunctionalInterface
interface PreparedOp {
  /** The bytes of the output. Keeps nothing, so that threads may share it. */
  byte[] run(Activations inputs, Cores cores);
}
