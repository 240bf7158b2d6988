package org.fovea.generator.engine;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Held;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.lower.Network;

/** A compiled network and what runs it on a device. */
public sealed interface Engine permits Nbg, NeuralArt {
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

  /**
   * A file that must lie in the board's flash, written apart from the firmware.
   *
   * @param path in the project
   */
  record Flashed(String path, long address) {}

  /** Where a file must lie; empty where it is read otherwise. */
  default Optional<Flashed> flashed(CompiledFile file) {
    return Optional.empty();
  }

  /** Hand-written C, as paths below {@code firmware-templates}. */
  List<String> sources();

  /**
   * What tells already here that the network was made of another model; the device looks closer.
   */
  List<Finding> mismatches(Network network);

  /**
   * What of a board's regions the compiled network has, where its compiler has fixed that.
   *
   * @param board less what is reserved of it
   * @throws UserFault.DoesNotFit when it lies where it cannot, with every finding
   */
  default List<Held> held(Board board) {
    return List.of();
  }

  /** The board without {@link #held}: what the firmware may use. */
  default Board rest(Board board) {
    return board;
  }

  /** Device memory of the network's own that the program places: weights and commands. */
  long networkBytes();

  /** Of the arena: image and outputs, where the engine has no memory of its own for them. */
  long arenaBytes(Network network);

  /** What it has of the device, for a person. */
  String sizes(Network network);

  /** What its code takes at most; it was measured or is a bound. */
  long codeBytes();

  /** Variables, at most. */
  long dataBytes();

  /** What a run needs of the inference's stack, beyond that of own kernels. */
  int stackBytes();
}
