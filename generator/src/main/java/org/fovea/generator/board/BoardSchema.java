package org.fovea.generator.board;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fovea.generator.yaml.Fields;
import org.fovea.generator.yaml.Spelling;

/** Reads a {@link Board} from the keys of its file. docs/ADDING.md explains each key. */
final class BoardSchema {
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Pattern FLAG = Pattern.compile("-m[a-z0-9-]{1,30}(=[A-Za-z0-9.+-]{1,40})?");
  private static final Pattern QEMU = Pattern.compile("qemu-system-(arm|aarch64)");
  private static final Pattern LOADER = Pattern.compile("[A-Za-z0-9_.-]{1,60}\\.stldr");

  /** Stand-ins for sections with findings; a board that holds one is thrown away. */
  private static final Cpu NO_CPU =
      new Cpu(Core.CORTEX_M7, 1, List.of(), 1, 1, Cpu.Fpu.NONE, 0, 0, List.of());

  private static final Supply NO_SUPPLY =
      new Supply(Supply.Kind.NONE, Supply.VoltageScale.NONE, "");
  private static final Clocks NO_CLOCKS = new Clocks(0, Clocks.HseMode.NONE);
  private static final Uart NO_UART = new Uart("", 0, new Uart.DeviceTree());
  private static final Mpu NO_MPU = new Mpu(Mpu.Kind.PMSAV7, 1);
  private static final Emulation.TwinHosts NO_HOSTS =
      new Emulation.TwinHosts(List.of(), List.of(), List.of());

  private final Collection<String> knownIds;

  /**
   * @param knownIds of boards that may be named as the base of a twin
   */
  BoardSchema(Collection<String> knownIds) {
    this.knownIds = List.copyOf(knownIds);
  }

  Board read(Fields f) {
    Optional<Cpu> cpu = f.section("cpu", BoardSchema::cpu);
    MemorySchema memories = new MemorySchema(cpu.map(Cpu::core));
    List<Region> regions = memories.regions(f);
    Placement placement = memories.placement(f);
    String family = f.text("family", ID, "lower-case letters, digits and hyphens");
    return new Board(
        f.text("id", ID, "lower-case letters, digits and hyphens, at most 40"),
        f.text("name"),
        f.text("soc", PART, "a part number"),
        family,
        f.choice("verified", Verified.class),
        cpu.orElse(NO_CPU),
        rtos(f, cpu),
        f.section("supply", BoardSchema::supply).orElse(NO_SUPPLY),
        f.section("clocks", BoardSchema::clocks).orElse(NO_CLOCKS),
        f.section("uart", BoardSchema::uart).orElse(NO_UART),
        regions,
        placement,
        new StartupSchema(family, regions).read(f),
        f.texts("external_loaders", LOADER, "a file name that ends in .stldr"),
        f.texts("cameras"),
        f.texts("accelerators"),
        f.texts("engines", ID, "ids of engines, such as nbg"),
        new Notes(f.texts("safety"), f.texts("boot"), f.texts("errata")),
        emulation(f, memories));
  }

  private static Cpu cpu(Fields f) {
    long max = f.hertz("max_hertz", 1);
    long normal = f.hertz("default_hertz", 1);
    if (normal > max) {
      f.reject(
          "default_hertz",
          "default_hertz " + normal + " is above max_hertz " + max,
          "the core must not be clocked above its limit",
          "lower default_hertz");
    }
    return new Cpu(
        f.choice("core", Core.class),
        f.count("count", 1, 64),
        f.texts("gcc_flags", FLAG, "a -m option of gcc"),
        Math.min(normal, max),
        max,
        f.choice("fpu", Cpu.Fpu.class),
        f.bytes("icache", 0),
        f.bytes("dcache", 0),
        f.texts("other_cores", PART, "the name of a core"));
  }

  private static List<Rtos> rtos(Fields f, Optional<Cpu> cpu) {
    List<Rtos> rtos = f.choices("rtos", Rtos.class);
    if (rtos.isEmpty() || rtos.stream().distinct().count() != rtos.size()) {
      f.reject(
          "rtos",
          "'rtos' is " + rtos,
          "it lists at least one system, each once, the default first",
          "for example rtos: [freertos, bare]");
    }
    boolean microcontroller = cpu.map(c -> c.core().isMicrocontroller()).orElse(true);
    if (cpu.isPresent() && rtos.contains(Rtos.LINUX) == microcontroller) {
      f.reject(
          "rtos",
          "'rtos' is " + rtos,
          "Linux runs on the Cortex-A cores, and nothing else of Fovea does",
          microcontroller ? "remove linux" : "write rtos: [linux]");
    }
    return rtos;
  }

  private static Supply supply(Fields f) {
    return new Supply(
        f.choice("kind", Supply.Kind.class),
        f.choice("highest_voltage_scale", Supply.VoltageScale.class),
        f.has("note") ? f.text("note") : "");
  }

  private static Clocks clocks(Fields f) {
    Clocks.HseMode mode = f.choice("hse_mode", Clocks.HseMode.class);
    if (mode != Clocks.HseMode.NONE) {
      return new Clocks(f.hertz("hse", 1), mode);
    }
    if (f.has("hse")) {
      f.reject(
          "hse",
          "an oscillator frequency with hse_mode: none",
          "there is nothing that oscillates",
          "remove hse, or set hse_mode to crystal or bypass");
    }
    return new Clocks(0, mode);
  }

  private static Uart uart(Fields f) {
    return new Uart(
        f.text("instance", PART, "the name of a peripheral"),
        f.count("baud", 9600, 12_000_000),
        wiring(f));
  }

  private static Uart.Wiring wiring(Fields f) {
    if (f.has("tx") || f.has("rx")) {
      return new Uart.Pins(pin(f, "tx"), pin(f, "rx"));
    }
    return f.has("base") ? new Uart.Registers(f.address("base")) : new Uart.DeviceTree();
  }

  private static Pin pin(Fields f, String key) {
    return Pin.parse(f.text(key, Pin.SHAPE, "a pin with its alternate function, such as PA9 AF7"));
  }

  private Emulation emulation(Fields f, MemorySchema memories) {
    if (f.has("twin_base") && f.has("emulator")) {
      f.reject(
          "twin_base",
          "both 'twin_base' and 'emulator'",
          "a board is emulated itself or has a twin",
          "remove one of them");
    }
    if (f.has("emulator")) {
      return f.section("emulator", e -> machine(e, memories))
          .<Emulation>map(m -> m)
          .orElse(new Emulation.None());
    }
    return f.has("twin_base") ? twinBase(f) : new Emulation.None();
  }

  private Emulation twinBase(Fields f) {
    String base = f.text("twin_base", ID, "a board's id");
    if (f.isClean() && !knownIds.contains(base)) {
      f.reject(
          "twin_base",
          "no board has the id '" + base + "'",
          "the twin runs on an emulated board that Fovea knows",
          "nearest: " + Spelling.nearest(base, knownIds, 3));
    }
    return new Emulation.TwinBase(base);
  }

  private static Emulation.Machine machine(Fields f, MemorySchema memories) {
    return new Emulation.Machine(
        f.text("program", QEMU, "a program of QEMU"),
        f.text("machine", ID, "a machine of QEMU"),
        f.address("vectors"),
        f.hertz("timer_hertz", 1),
        f.section("mpu", BoardSchema::mpu).orElse(NO_MPU),
        f.section("twin_hosts", memories::hosts).orElse(NO_HOSTS));
  }

  private static Mpu mpu(Fields f) {
    return new Mpu(f.choice("kind", Mpu.Kind.class), f.count("regions", 1, 256));
  }
}
