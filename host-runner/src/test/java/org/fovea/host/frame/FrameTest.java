package org.fovea.host.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final int SEEDS = 300;

  @Test
  void statusRequestHasTheBytesOfTheSpecification() {
    Frame frame = new Frame(0x04, 0, 0x0102, 0x11223344, 7, 0, Bytes.EMPTY);
    // By Python: struct, zlib.crc32 (0xd5326800) and a split at the zeros.
    assertThat(HexFormat.of().formatHex(frame.toWire()))
        .isEqualTo("0002040802014433221107010101046832d500");
  }

  @Test
  void everyFrameComesBack() {
    Random random = new Random(7);
    FrameDecoder decoder = new FrameDecoder();
    for (int length = 0; length <= Frame.MAX_PAYLOAD; length += 1 + random.nextInt(3)) {
      Frame frame = random(random, length);
      assertThat(decode(decoder, frame.toWire())).containsExactly(frame);
    }
    assertThat(decoder.badFrames()).isZero();
  }

  @Test
  void stuffingOfRunsAroundTheBlockLength() {
    for (int length = 250; length <= 765; length++) {
      byte[] data = new byte[length];
      Arrays.fill(data, (byte) 0x55);
      roundTrip(data);
      data[length - 1] = 0;
      roundTrip(data);
      data[0] = 0;
      roundTrip(data);
    }
  }

  @Test
  void aDamagedFrameIsDroppedAndTheNextOneFound() {
    Random random = new Random(3);
    for (int seed = 0; seed < SEEDS; seed++) {
      Frame first = random(random, random.nextInt(60));
      Frame second = random(random, random.nextInt(60));
      byte[] wire = first.toWire();
      int at = 1 + random.nextInt(wire.length - 2);
      wire[at] ^= (byte) (1 << random.nextInt(8));
      FrameDecoder decoder = new FrameDecoder();
      assertThat(decode(decoder, join(wire, second.toWire()))).containsExactly(second);
      assertThat(decoder.badFrames()).isBetween(1L, 2L);
    }
  }

  @Test
  void noiseNeverMakesAFrameNorGrows() {
    Random random = new Random(5);
    FrameDecoder decoder = new FrameDecoder();
    byte[] noise = new byte[1 << 20];
    random.nextBytes(noise);
    assertThat(decode(decoder, noise)).isEmpty();
    Arrays.fill(noise, (byte) 1);
    assertThat(decode(decoder, noise)).isEmpty();
    Frame frame = random(random, 10);
    assertThat(decode(decoder, frame.toWire())).containsExactly(frame);
  }

  @Test
  void emptyFramesPassWithoutAWord() {
    FrameDecoder decoder = new FrameDecoder();
    assertThat(decode(decoder, new byte[50])).isEmpty();
    assertThat(decoder.badFrames()).isZero();
  }

  private static void roundTrip(byte[] data) {
    byte[] encoded = new byte[Cobs.encodedLength(data.length)];
    int length = Cobs.encode(data, data.length, encoded);
    for (int i = 0; i < length; i++) {
      assertThat(encoded[i]).isNotZero();
    }
    int decoded = Cobs.decode(encoded, length);
    assertThat(Arrays.copyOf(encoded, decoded)).isEqualTo(data);
  }

  private static List<Frame> decode(FrameDecoder decoder, byte[] wire) {
    List<Frame> frames = new ArrayList<>();
    for (byte value : wire) {
      decoder.accept(value).ifPresent(frames::add);
    }
    return frames;
  }

  private static Frame random(Random random, int length) {
    byte[] payload = new byte[length];
    if (random.nextBoolean()) {
      random.nextBytes(payload);
    }
    return new Frame(
        random.nextInt(256),
        random.nextInt(256),
        random.nextInt(65_536),
        random.nextInt(),
        random.nextInt(65_536),
        random.nextInt(65_536),
        Bytes.of(payload));
  }

  private static byte[] join(byte[] a, byte[] b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(a);
    out.writeBytes(b);
    return out.toByteArray();
  }
}
