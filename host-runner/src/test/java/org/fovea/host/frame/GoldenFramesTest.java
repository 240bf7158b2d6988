package org.fovea.host.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The frames that the firmware's tests read too: both sides mean the same bytes. */
class GoldenFramesTest {
  private static final Path VECTORS = Path.of("../firmware-templates/vectors/frames.txt");

  @Test
  void bothSidesMeanTheSameBytes() throws IOException {
    assumeTrue(Files.exists(VECTORS), "SKIPPED: no golden frames at " + VECTORS);
    List<String> lines =
        Files.readAllLines(VECTORS).stream()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .toList();
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      List<String> columns = List.of(line.split(" \\| ", -1));
      Frame frame = frame(List.of(columns.get(1).split(" ", -1)));
      byte[] wire = HexFormat.of().parseHex(columns.get(2));
      assertThat(HexFormat.of().formatHex(frame.toWire()))
          .as(columns.get(0))
          .isEqualTo("00" + columns.get(2));
      assertThat(decode(wire)).as(columns.get(0)).contains(frame);
    }
  }

  private static Frame frame(List<String> fields) {
    String payload = fields.get(6).equals("-") ? "" : fields.get(6);
    return new Frame(
        hex(fields.get(0)),
        hex(fields.get(1)),
        hex(fields.get(2)),
        hex(fields.get(3)),
        hex(fields.get(4)),
        hex(fields.get(5)),
        Bytes.of(HexFormat.of().parseHex(payload)));
  }

  private static int hex(String digits) {
    return Integer.parseUnsignedInt(digits, 16);
  }

  private static Optional<Frame> decode(byte[] wire) {
    FrameDecoder decoder = new FrameDecoder();
    Optional<Frame> last = Optional.empty();
    for (byte value : wire) {
      last = decoder.accept(value);
    }
    return last;
  }
}
