package org.fovea.generator.engine;

import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.lower.Network;

/** A compiled network and what runs it on a device. */
public sealed interface Engine permits Nbg {
  EngineKind kind();

  /** As a person reads it, without anything of the user's. */
  String title();

  /** What the compiler made, as far as it decides what is computed. */
  List<CompiledFile> files();

  /** Those of them that lie in the project. */
  List<Copy> copies();

  /**
   * A file in the project.
   *
   * @param path in it, ours whatever the file was called
   * @param suffix of the copy beside the program, which has the program's name; empty where the
   *     program needs none
   */
  record Copy(String path, String suffix, CompiledFile file) {}

  /** Hand-written C, as paths below {@code firmware-templates}. */
  List<String> sources();

  /**
   * What tells already here that the network was made of another model; the device looks closer.
   */
  List<Finding> mismatches(Network network);

  /** Device memory of the network's own: weights and commands. */
  long networkBytes();

  /** Of the arena: image and outputs, where the engine has no memory of its own for them. */
  long arenaBytes(Network network);

  /** What its code takes at most; it was measured or is a bound. */
  long codeBytes();

  /** Variables, at most. */
  long dataBytes();

  /** What a run needs of the inference's stack, beyond that of own kernels. */
  int stackBytes();
}
