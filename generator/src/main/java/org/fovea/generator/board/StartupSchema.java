package org.fovea.generator.board;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fovea.generator.yaml.Fields;

/** Reads a {@link Startup}. */
final class StartupSchema {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,23}");
  private static final int MOST_ID = 0xfff;
  private static final int MOST_REVISION = 0xffff;
  private static final int MOST_BYTE = 0xff;
  private static final int MOST_BITS = 3;
  private static final int MOST_PRESCALER = 256;

  private static final int USUAL_MILLIVOLTS = 3300;

  private final String family;
  private final List<Region> regions;

  StartupSchema(String family, List<Region> regions) {
    this.family = family;
    this.regions = regions;
  }

  /** Empty when the board needs none. */
  Optional<Startup> read(Fields f) {
    return f.has("startup")
        ? f.section("startup", s -> family.equals("stm32n6") ? stm32n6(s) : stm32h7(s))
        : Optional.empty();
  }

  private Startup stm32n6(Fields f) {
    return new Startup.Stm32n6(
        bounded(f, "device_id", MOST_ID), f.hertz("axi", 1), externalFlashOf(f));
  }

  private Startup stm32h7(Fields f) {
    int deviceId = bounded(f, "device_id", MOST_ID);
    Startup.Converter converter = f.choice("converter", Startup.Converter.class);
    int bits = f.count("vos1", 0, MOST_BITS);
    return new Startup.Stm32h7(
        deviceId,
        converter,
        f.count("bus_divider", 1, 2),
        false,
        speed(f, 1, bits, 0),
        f.has("fast") ? f.section("fast", fast -> fast(fast, bits)) : Optional.empty(),
        externalFlashOf(f));
  }

  /** Scale 0 has bits of its own, or is scale 1 and the overdrive of later silicon. */
  private static Startup.Speed fast(Fields f, int vos1) {
    return f.has("vos0")
        ? speed(f, 0, f.count("vos0", 0, MOST_BITS), 0)
        : speed(f, 0, vos1, bounded(f, "overdrive_since", MOST_REVISION));
  }

  private static Startup.Speed speed(Fields f, int scale, int bits, int overdriveSince) {
    return new Startup.Speed(
        scale,
        bits,
        overdriveSince,
        f.count("flash_wait_states", 0, 15),
        f.count("flash_programming_delay", 0, 3));
  }

  private Optional<Startup.ExternalFlash> externalFlashOf(Fields f) {
    return f.has("external_flash")
        ? f.section("external_flash", this::externalFlash)
        : Optional.empty();
  }

  private Startup.ExternalFlash externalFlash(Fields f) {
    String region = f.text("region", NAME, "the name of a region");
    boolean known =
        regions.stream()
            .anyMatch(r -> r.name().equals(region) && r.kind() == RegionKind.EXTERNAL_FLASH);
    if (f.isClean() && !known) {
      f.reject(
          "region",
          "'" + region + "' is no external flash of this board",
          "start-up maps it into memory",
          "name a region of kind external-flash");
    }
    int prescaler = f.count("prescaler", 1, MOST_PRESCALER);
    return new Startup.ExternalFlash(
        f.choice("kind", Startup.Interface.class),
        region,
        bounded(f, "manufacturer", MOST_BYTE),
        prescaler,
        f.has("fast_prescaler") ? f.count("fast_prescaler", 1, MOST_PRESCALER) : prescaler,
        f.has("millivolts") ? f.count("millivolts", 1600, 3600) : USUAL_MILLIVOLTS,
        f.texts("pins", Pin.SHAPE, "pins with their alternate functions, such as PB2 AF9").stream()
            .map(Pin::parse)
            .toList());
  }

  /** A register's value, as reference manuals write it. */
  private static int bounded(Fields f, String key, int most) {
    long value = f.address(key);
    if (value > most) {
      f.reject(key, "'" + key + "' is " + value, "it is " + most + " at most", "correct it");
      return 0;
    }
    return (int) value;
  }
}
