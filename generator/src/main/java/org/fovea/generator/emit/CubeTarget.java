package org.fovea.generator.emit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.plan.Allocation;

/** The user's STM32Cube project, as a plan needs it. */
public final class CubeTarget {
  private static final String NAMES = "cube-regions.csv";

  private CubeTarget() {}

  /**
   * The target of an allocation.
   *
   * @throws UserFault.BoardRejected when the board is no microcontroller
   */
  public static Target of(Allocation allocation) {
    Board board = allocation.board();
    if (!board.cpu().core().isMicrocontroller()) {
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  board.id(),
                  "has no STM32Cube project",
                  "it runs Linux on its " + board.cpu().core().id(),
                  "leave --project away: its project is a program for Linux")));
    }
    return new Target.CubeProject(
        board.id(),
        board.name(),
        board.cpu().gccFlags(),
        board.cpu().core() == Core.CORTEX_M7 ? 7 : 55,
        board.cpu().defaultHertz(),
        board.uart().baud(),
        Firmware.Stacks.of(Rtos.BARE, board.cpu().core(), Project.FIRMWARE).main(),
        memories(allocation));
  }

  private static List<Target.CubeMemory> memories(Allocation allocation) {
    Board board = allocation.board();
    List<Target.CubeMemory> memories = new ArrayList<>();
    for (Region region : board.regions()) {
      if (!allocation.in(region).isEmpty()) {
        Optional<String> cube = name(board, region);
        List<Region> same =
            cube.isEmpty()
                ? List.of(region)
                : board.regions().stream().filter(r -> name(board, r).equals(cube)).toList();
        memories.add(
            new Target.CubeMemory(
                region.name(),
                cube,
                allocation.in(region).stream().anyMatch(p -> !p.need().purpose().isConstant()),
                same.stream().mapToLong(Region::usableBase).min().orElseThrow(),
                same.stream()
                    .mapToLong(r -> r.usableBase() + r.usableBytes())
                    .max()
                    .orElseThrow()));
      }
    }
    return memories;
  }

  private static Optional<String> name(Board board, Region region) {
    return names().stream()
        .filter(n -> n[0].equals(board.family()) && Long.decode(n[1]) == region.base())
        .map(n -> n[2])
        .findFirst();
  }

  /** Family, base, name. */
  private static List<String[]> names() {
    return new String(Sources.read(NAMES), StandardCharsets.UTF_8)
        .lines()
        .filter(l -> !l.startsWith("#") && !l.isBlank())
        .map(l -> l.split(",", -1))
        .toList();
  }
}
