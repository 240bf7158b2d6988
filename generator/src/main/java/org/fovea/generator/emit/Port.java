package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.AddressRange;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Mpu;
import org.fovea.generator.board.Startup;

/** What {@code firmware-templates/ports} has for a family of microcontrollers. */
enum Port {
  MPS2("mps2", 4, 0x40000000L, 0x41000000L),
  MPS3("mps3", 3, 0x58000000L, 0x5a000000L),
  STM32H7("stm32h7", 4, 0x40000000L, 0x60000000L),
  STM32H7RS("stm32h7rs", 4, 0x40000000L, 0x60000000L),
  /** In the secure state. */
  STM32N6("stm32n6", 4, 0x50000000L, 0x60000000L);

  private static final List<String> CORTEX_M =
      List.of(
          "fv_cache.c",
          "fv_cache.h",
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

  private static final List<String> STM32 =
      List.of("fv_gpio.c", "fv_port.c", "fv_stm32.h", "fv_uart.c", "fv_watchdog.c");

  private static final List<String> STM32_FAMILY =
      List.of("fv_chip.h", "fv_clock.c", "fv_irq.h", "fv_memories.c");

  /** Of every Cortex-M7 in an STM32. */
  private static final Mpu M7_MPU = new Mpu(Mpu.Kind.PMSAV7, 16);

  /** Of the STM32N6 in the secure state; the firmware asks the core at start. */
  private static final Mpu N6_MPU = new Mpu(Mpu.Kind.PMSAV8, 16);

  private final String folder;
  private final int priorityBits;
  private final long peripherals;
  private final long peripheralsEnd;

  Port(String folder, int priorityBits, long peripherals, long peripheralsEnd) {
    this.folder = folder;
    this.priorityBits = priorityBits;
    this.peripherals = peripherals;
    this.peripheralsEnd = peripheralsEnd;
  }

  /** Empty when none is written yet. */
  static Optional<Port> of(Board board) {
    for (Port port : values()) {
      boolean machine = board.emulation() instanceof Emulation.Machine;
      if (port.folder.equals(board.family()) && machine != port.isSilicon()) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }

  private boolean isSilicon() {
    return folder.startsWith("stm32");
  }

  /** Its line in code-sizes.csv; empty when it is in the base of every firmware. */
  Optional<String> codePart() {
    return isSilicon() ? Optional.of("port-" + folder) : Optional.empty();
  }

  /** Serial ports that it knows. */
  List<String> uarts() {
    return switch (this) {
      case STM32H7 -> List.of("USART1", "USART3");
      case STM32H7RS -> List.of("UART4");
      case STM32N6 -> List.of("USART1");
      case MPS2, MPS3 -> List.of();
    };
  }

  /** Whether its chips have such a controller. */
  boolean maps(Startup.Interface kind) {
    return (kind == Startup.Interface.XSPI) == (this != STM32H7);
  }

  AddressRange peripherals() {
    return new AddressRange(peripherals, peripheralsEnd);
  }

  /** Of an interrupt's priority. */
  int priorityBits() {
    return priorityBits;
  }

  /** Of silicon: an emulated machine's board says its own. */
  Mpu mpu() {
    return this == STM32N6 ? N6_MPU : M7_MPU;
  }

  /**
   * Its files, in order.
   *
   * @param externalFlash of the chips that something lies in
   */
  List<String> files(Optional<Startup.Interface> externalFlash) {
    List<String> files = new ArrayList<>();
    if (!isSilicon()) {
      files.addAll(List.of("ports/cortex-m/fv_cmsdk_uart.c", "ports/cortex-m/fv_no_watchdog.c"));
    }
    CORTEX_M.forEach(f -> files.add("ports/cortex-m/" + f));
    if (isSilicon()) {
      STM32.forEach(f -> files.add("ports/stm32/" + f));
      STM32_FAMILY.forEach(f -> files.add("ports/" + folder + "/" + f));
      externalFlash.ifPresent(
          kind ->
              files.add(
                  kind == Startup.Interface.DUAL_QUADSPI
                      ? "ports/" + folder + "/fv_quadspi.c"
                      : "ports/stm32/fv_octospi.c"));
    } else {
      List.of("fv_irq.h", "fv_port.c").forEach(f -> files.add("ports/" + folder + "/" + f));
    }
    return files;
  }
}
