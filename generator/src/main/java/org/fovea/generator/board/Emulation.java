package org.fovea.generator.board;

import java.util.List;

/** How a board's firmware runs without the board. */
public sealed interface Emulation {

  /** It does not. */
  record None() implements Emulation {}

  /** As a twin on another, emulated board. */
  record TwinBase(String boardId) implements Emulation {}

  /**
   * The board itself is a machine of QEMU.
   *
   * @param program QEMU's executable
   * @param machine its {@code -machine} argument
   * @param vectors address from which the core takes its first stack pointer and program counter
   * @param timerHertz rate of SysTick's and the timers' clock
   * @param mpu of the emulated core
   * @param twinHosts where the memories of twins lie
   */
  record Machine(
      String program, String machine, long vectors, long timerHertz, Mpu mpu, TwinHosts twinHosts)
      implements Emulation {
    /**
     * What starts it, without firmware. One instruction takes 2^4 ns of virtual time: what the
     * ports' counters convert from.
     */
    public List<String> command() {
      return List.of(
          program,
          "-M",
          machine,
          "-icount",
          "shift=4",
          "-display",
          "none",
          "-monitor",
          "none",
          "-nic",
          "none");
    }
  }

  /**
   * The board's Linux programs run in QEMU's user mode, which is the core's instructions and the
   * system calls of this machine's kernel: nothing of a board.
   *
   * @param program QEMU's executable
   * @param cpu its {@code -cpu} argument
   */
  record UserMode(String program, String cpu) implements Emulation {}

  /**
   * Names of the emulated board's regions that stand in for a silicon board's memories, in the
   * order in which they are filled.
   */
  record TwinHosts(List<String> flash, List<String> ram, List<String> external) {
    public TwinHosts {
      flash = List.copyOf(flash);
      ram = List.copyOf(ram);
      external = List.copyOf(external);
    }

    List<String> of(RegionKind kind) {
      if (kind.isExternal()) {
        return external;
      }
      return kind == RegionKind.FLASH ? flash : ram;
    }
  }
}
