package org.fovea.generator.ioc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.fovea.generator.board.Clocks;

/** Reads the high-speed external oscillator of a project. */
final class IocOscillator {
  private static final long LEAST_HERTZ = 1_000_000;
  private static final long MOST_HERTZ = 100_000_000;
  private static final String VALUE = "RCC.HSE_VALUE";
  private static final String SIGNAL = ".Signal";

  private final IocFile ioc;
  private final Clocks base;
  private final IocFindings findings;
  private final Remarks remarks;

  IocOscillator(IocFile ioc, Clocks base, IocFindings findings, Remarks remarks) {
    this.ioc = ioc;
    this.base = base;
    this.findings = findings;
    this.remarks = remarks;
  }

  /** Empty when the project says nothing that the base does not. */
  Optional<Taken<Clocks>> read() {
    Optional<Map.Entry<String, IocFile.Entry>> pin =
        ioc.entries().entrySet().stream()
            .filter(e -> e.getKey().endsWith(SIGNAL) && e.getValue().value().equals("RCC_OSC_IN"))
            .findFirst();
    if (pin.isEmpty()) {
      remarks.add(
          "no pin has RCC_OSC_IN, so the project uses no external oscillator: hse_mode is none. If"
              + " the board has one, write it: Fovea's firmware for STM32 starts from it");
      return Optional.of(new Taken<>(new Clocks(0, Clocks.HseMode.NONE), "no RCC_OSC_IN", 1));
    }
    String signal = pin.get().getKey();
    String mode = signal.substring(0, signal.length() - SIGNAL.length()) + ".Mode";
    Clocks.HseMode hse = mode(mode);
    OptionalLong hertz = hertz();
    if (hertz.isEmpty() || hse == Clocks.HseMode.NONE) {
      return Optional.empty();
    }
    return Optional.of(
        new Taken<>(
            new Clocks(hertz.getAsLong(), hse),
            ioc.entry(VALUE).isPresent() ? VALUE + ", " + mode : mode,
            ioc.entry(VALUE).orElse(pin.get().getValue()).line()));
  }

  private Clocks.HseMode mode(String key) {
    String text = ioc.entry(key).map(IocFile.Entry::value).orElse("").toLowerCase(Locale.ROOT);
    if (text.contains("clock-source") || text.contains("bypass") || text.contains("digital")) {
      return Clocks.HseMode.BYPASS;
    }
    if (text.contains("oscillator") || text.contains("crystal")) {
      return Clocks.HseMode.CRYSTAL;
    }
    findings.add(
        ioc.entry(key).map(IocFile.Entry::line).orElse(1),
        key + " is " + IocFindings.quote(text),
        "Fovea knows HSE-External-Oscillator and HSE-External-Clock-Source",
        "choose one of them in STM32CubeMX, or write clocks by hand");
    return Clocks.HseMode.NONE;
  }

  /** As said; else as the PLL's input and divider imply; else the base's. Empty with a finding. */
  private OptionalLong hertz() {
    Optional<IocFile.Entry> said = ioc.entry(VALUE);
    OptionalLong implied = implied();
    if (said.isEmpty()) {
      if (implied.isEmpty()) {
        remarks.add("no " + VALUE + ": the oscillator's frequency is that of the known board");
      }
      return implied.isPresent() ? implied : OptionalLong.of(base.hseHertz());
    }
    OptionalLong hertz = number(said.get().value());
    if (hertz.isEmpty() || hertz.getAsLong() < LEAST_HERTZ || hertz.getAsLong() > MOST_HERTZ) {
      findings.add(
          said.get().line(),
          VALUE + " is " + IocFindings.quote(said.get().value()),
          "an oscillator has 1 MHz to 100 MHz, written in hertz",
          "correct it in STM32CubeMX");
      return OptionalLong.empty();
    }
    if (implied.isPresent() && implied.getAsLong() != hertz.getAsLong()) {
      remarks.add(
          "line %d says HSE %d Hz, but the first PLL's input and divider imply %d Hz: check which"
                  .formatted(said.get().line(), hertz.getAsLong(), implied.getAsLong())
              + " oscillator the board has");
    }
    return hertz;
  }

  /** Where the first PLL runs from HSE: its input times its divider. */
  private OptionalLong implied() {
    boolean fromHse =
        ioc.entry("RCC.PLLSourceVirtual").filter(e -> e.value().endsWith("_HSE")).isPresent();
    OptionalLong input = number("RCC.VCOInput1Freq_Value", MOST_HERTZ);
    OptionalLong divider = number("RCC.DIVM1", 63);
    if (!fromHse || input.isEmpty() || divider.isEmpty()) {
      return OptionalLong.empty();
    }
    long hertz = input.getAsLong() * divider.getAsLong();
    return hertz >= LEAST_HERTZ && hertz <= MOST_HERTZ
        ? OptionalLong.of(hertz)
        : OptionalLong.empty();
  }

  private OptionalLong number(String key, long most) {
    OptionalLong number = ioc.entry(key).map(e -> number(e.value())).orElse(OptionalLong.empty());
    return number.isPresent() && number.getAsLong() <= most ? number : OptionalLong.empty();
  }

  static OptionalLong number(String text) {
    return text.matches("[0-9]{1,12}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
