package org.fovea.host.flash;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a programming tool reports of the board that it reached.
 *
 * @param serial of the debug probe
 * @param board its name; empty for a probe that is no board's own
 * @param deviceId of the chip
 */
public record Identity(Optional<String> serial, Optional<String> board, OptionalInt deviceId) {
  private static final int DEVICE_BITS = 0xfff;
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9]{4,64}");

  /** A probe of its own says what it is, or nothing. */
  private static final Pattern PLAIN_PROBE = Pattern.compile("(?i)-*|ST-?LINK.*");

  static Identity of(String serial, String board, String deviceId) {
    return new Identity(
        Optional.of(serial).filter(s -> SERIAL.matcher(s).matches()),
        Optional.of(board).filter(b -> !PLAIN_PROBE.matcher(b).matches()),
        hex(deviceId));
  }

  private static OptionalInt hex(String text) {
    Matcher digits = Pattern.compile("(?:0x)?0*([0-9A-Fa-f]{1,8})").matcher(text);
    int value = digits.matches() ? (int) Long.parseLong(digits.group(1), 16) & DEVICE_BITS : 0;
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** The first group of the first match, or nothing. */
  static String find(String pattern, String output) {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(output);
    return matcher.find() ? matcher.group(1).strip() : "";
  }
}
