package org.fovea.generator.emit;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;

/** What a project is made for, as its build needs it. */
public sealed interface Target {
  String boardId();

  String boardName();

  /** Of gcc. */
  List<String> cpuFlags();

  /** What fv_port_ticks counts. */
  Counter counter();

  /** Of that counter. */
  long clockHertz();

  /** What a tick is. */
  enum Counter {
    CYCLES(1),
    INSTRUCTIONS(2),
    NANOSECONDS(3);

    private final int code;

    Counter(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * A machine that firmware has for itself.
   *
   * @param port files under {@code firmware-templates}
   * @param emulator the command that starts it, without firmware; empty for silicon
   * @param silicon the board, where its clocks and memories are to be set up
   * @param systickHertz of the core's SysTick
   * @param priorityBits of an interrupt priority
   * @param freertosPort folder of the kernel's port, inside the kernel's sources
   * @param freertosSources files of the kernel that are compiled
   * @param vectorsRegion linker region of the vector table
   * @param regions memory that the linker fills
   * @param mpu what the firmware may touch, ready for the registers
   * @param application what it leaves to the user's application
   */
  record Microcontroller(
      String boardId,
      String boardName,
      List<String> port,
      List<String> emulator,
      Optional<Board> silicon,
      List<String> cpuFlags,
      Counter counter,
      long clockHertz,
      long systickHertz,
      int priorityBits,
      String freertosPort,
      List<String> freertosSources,
      String vectorsRegion,
      List<LinkRegion> regions,
      List<MpuRegion> mpu,
      List<Kept> application)
      implements Target {}

  /**
   * A process under Linux, to which its kernel gives memory.
   *
   * @param baud of a serial device, unless its command line says otherwise
   * @param toolchain GNU triplet of the cross compiler
   */
  record LinuxProcess(
      String boardId, String boardName, List<String> cpuFlags, int baud, String toolchain)
      implements Target {
    @Override
    public Counter counter() {
      return Counter.NANOSECONDS;
    }

    @Override
    public long clockHertz() {
      return 1_000_000_000;
    }
  }

  /**
   * An STM32Cube project of the user, into which the network drops.
   *
   * @param cortexM number of the core, as CMSIS has it in __CORTEX_M
   * @param baud of the UART
   * @param pollStackBytes what the main loop's stack needs without an RTOS
   * @param memories those that hold something
   */
  record CubeProject(
      String boardId,
      String boardName,
      List<String> cpuFlags,
      int cortexM,
      long clockHertz,
      int baud,
      int pollStackBytes,
      List<CubeMemory> memories)
      implements Target {
    @Override
    public Counter counter() {
      return Counter.CYCLES;
    }
  }

  /**
   * A memory of the board in the user's linker script.
   *
   * @param name on the board
   * @param cube what CubeMX's linker script calls it; empty when that has no such memory
   * @param start of it, or of the neighbours that share its name
   * @param end after it, or after them
   */
  record CubeMemory(String name, Optional<String> cube, boolean writable, long start, long end) {}

  /**
   * A region of the linker script.
   *
   * @param attributes as in MEMORY, such as {@code rx}
   */
  record LinkRegion(String name, String attributes, long base, long bytes) {}

  /** Addresses of a region from {@code start} up to, not including, {@code end}. */
  record Kept(String region, long start, long end) {}

  /** One entry of fv_mpu_regions. */
  record MpuRegion(long rbar, long attributes, String comment) {}
}
