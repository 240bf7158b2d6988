package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Core;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Startup;

/** What {@code firmware-templates/ports} has for a family of microcontrollers. */
enum Port {
  MPS2("mps2", 0x40000000L, 0x41000000L),
  MPS3("mps3", 0x58000000L, 0x5a000000L),
  STM32H7("stm32h7", 0x40000000L, 0x60000000L);

  private static final List<String> CORTEX_M =
      List.of(
          "fv_core.c",
          "fv_cortex_m.h",
          "fv_fault.c",
          "fv_fault.h",
          "fv_mpu.c",
          "fv_mpu.h",
          "fv_startup.c",
          "fv_syscalls.c",
          "fv_uart.h",
          "fv_watchdog.h");

  private static final List<String> STM32H7_FILES =
      List.of(
          "fv_clock.c",
          "fv_gpio.c",
          "fv_irq.h",
          "fv_port.c",
          "fv_stm32h7.h",
          "fv_uart.c",
          "fv_watchdog.c");

  private final String folder;
  private final long peripherals;
  private final long peripheralsEnd;

  Port(String folder, long peripherals, long peripheralsEnd) {
    this.folder = folder;
    this.peripherals = peripherals;
    this.peripheralsEnd = peripheralsEnd;
  }

  /** Empty when none is written yet. */
  static Optional<Port> of(Board board) {
    for (Port port : values()) {
      boolean machine = board.emulation() instanceof Emulation.Machine;
      if (port.folder.equals(board.family()) && machine != (port == STM32H7)) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }

  /** Its line in code-sizes.csv; empty when it is in the base of every firmware. */
  Optional<String> codePart() {
    return this == STM32H7 ? Optional.of("port-stm32h7") : Optional.empty();
  }

  AddressRange peripherals() {
    return new AddressRange(peripherals, peripheralsEnd);
  }

  /** Of an interrupt's priority. */
  static int priorityBits(Core core) {
    return core == Core.CORTEX_M7 ? 4 : 3;
  }

  /**
   * Its files, in order.
   *
   * @param externalFlash of the chips that something lies in
   */
  List<String> files(Optional<Startup.Interface> externalFlash) {
    List<String> files = new ArrayList<>();
    if (this == STM32H7) {
      files.addAll(List.of("ports/cortex-m/fv_cache.c", "ports/cortex-m/fv_cache.h"));
    } else {
      files.add("ports/cortex-m/fv_cmsdk_uart.c");
      files.add("ports/cortex-m/fv_no_watchdog.c");
    }
    CORTEX_M.forEach(f -> files.add("ports/cortex-m/" + f));
    List<String> own = this == STM32H7 ? STM32H7_FILES : List.of("fv_irq.h", "fv_port.c");
    own.forEach(f -> files.add("ports/" + folder + "/" + f));
    externalFlash.ifPresent(
        kind ->
            files.add(
                "ports/"
                    + folder
                    + (kind == Startup.Interface.OCTOSPI ? "/fv_octospi.c" : "/fv_quadspi.c")));
    return files;
  }
}
