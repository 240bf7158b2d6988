package org.fovea.generator.board;

import java.util.List;

/**
 * What a person must know before using the board, one sentence or two an entry.
 *
 * @param safety what can harm the board or lock it
 * @param boot what must be set for the firmware to start
 * @param errata faults of the chip that the firmware avoids
 */
public record Notes(List<String> safety, List<String> boot, List<String> errata) {
  public Notes {
    safety = List.copyOf(safety);
    boot = List.copyOf(boot);
    errata = List.copyOf(errata);
  }
}
