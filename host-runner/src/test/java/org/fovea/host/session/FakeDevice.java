package org.fovea.host.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Bytes;
import org.fovea.host.frame.Frame;
import org.fovea.host.frame.FrameDecoder;
import org.fovea.host.manifest.Deployment;

/**
 * A board of the protocol's letter: bytes in, bytes out. Its network is a sum of the image, so that
 * a wrong byte shows in every result.
 */
public final class FakeDevice {
  private static final int STEPS = 6;
  private static final int ROOM = 3;

  private final Deployment deployment;
  private final Consumer<byte[]> wire;
  private final FrameDecoder decoder = new FrameDecoder();
  private final Deque<Image> inFlight = new ArrayDeque<>();
  private int session;
  private int rowSequence;
  private boolean twoAllowed;
  int logs;
  int maxPayload = 64;
  String modelSha256;
  int busyAnswers;
  boolean failing;
  boolean stalled;
  boolean twoImages;
  boolean counts = true;
  private int loads;
  int mostInFlight;
  int driftingLayer = -1;
  int wrongCells;
  boolean testsCells = true;
  int counter = 2;

  /** One image in flight. */
  private static final class Image {
    private final int number;
    private final byte[] bytes;
    private int taken;
    private int stepsDone;

    Image(int number, int size) {
      this.number = number;
      this.bytes = new byte[size];
    }

    boolean whole() {
      return taken == bytes.length;
    }

    boolean done() {
      return stepsDone == STEPS;
    }
  }

  public FakeDevice(Deployment deployment, Consumer<byte[]> wire) {
    this.deployment = deployment;
    this.wire = wire;
    this.modelSha256 = deployment.model().sha256();
  }

  public static byte[] output(Deployment deployment, byte[] image) {
    byte[] output = new byte[deployment.outputs().get(0).bytes()];
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) (image[i % image.length] + 7 * i);
    }
    return output;
  }

  static long crc(byte[] image, int layer) {
    CRC32 crc = new CRC32();
    crc.update(image);
    crc.update(layer);
    return crc.getValue();
  }

  public void receive(byte[] bytes) {
    for (byte value : bytes) {
      long before = decoder.badFrames();
      decoder.accept(value).ifPresent(this::handle);
      if (decoder.badFrames() > before && !inFlight.isEmpty() && !inFlight.getLast().whole()) {
        sayRows(4);
      }
    }
  }

  void log(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    wire.accept(new Frame(Answers.LOG, 0, logs++, 0, 0, 0, Bytes.of(text)).toWire());
  }

  void reset() {
    session = 0;
    inFlight.clear();
  }

  private void handle(Frame frame) {
    ByteBuffer in = ByteBuffer.wrap(frame.payload().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (frame.type() == 0x01) {
      if (session != frame.session()) {
        inFlight.clear();
      }
      session = frame.session();
      twoAllowed = twoImages && (in.getInt(4) & 0x10) != 0;
      answer(frame, 200, this::hello);
    } else if (frame.session() != session) {
      error(frame, 2, 0);
    } else {
      inSession(frame, in);
    }
  }

  private void inSession(Frame frame, ByteBuffer in) {
    switch (frame.type()) {
      case 0x02 -> begin(frame);
      case 0x03 -> row(frame, in);
      case 0x04 -> status(frame);
      case 0x05 -> tensor(frame, in);
      case 0x06 -> layers(frame, in, 8, (out, i) -> out.putLong(1_000L * (i + 1)));
      case 0x07 -> layers(frame, in, 4, (out, i) -> out.putInt(crc(frame, i)));
      case 0x08 -> answer(frame, 100, this::memory);
      case 0x09 -> answer(frame, 8, out -> out.putInt(0x01234567).putInt(0x89abcdef));
      case 0x0B -> release(frame);
      case 0x0C -> answer(frame, 100, this::load);
      case 0x0F -> cells(frame);
      default -> error(frame, 9, 0);
    }
  }

  private int crc(Frame frame, int layer) {
    return (int) crc(find(frame).bytes, layer) + (layer == driftingLayer ? frame.image() : 0);
  }

  /** The image in flight that a frame names, or null. */
  private Image find(Frame frame) {
    return inFlight.stream().filter(i -> i.number == frame.image()).findFirst().orElse(null);
  }

  private void release(Frame frame) {
    Image image = find(frame);
    if (image != null && !image.done()) {
      error(frame, 7, 0);
    } else {
      inFlight.remove(image == null ? new Image(-1, 0) : image);
      answer(frame, 0, out -> {});
    }
  }

  private void hello(ByteBuffer out) {
    out.putShort((short) 2).putShort((short) maxPayload);
    out.putInt((twoImages ? 0x1F : 0xF) | (counts ? 0x20 : 0) | (testsCells ? 0x80 : 0));
    out.put(HexFormat.of().parseHex(modelSha256));
    out.put(HexFormat.of().parseHex(deployment.layoutSha256()));
    out.putInt(deployment.runtimeAbi()).putLong(25_000_000).put((byte) counter).put((byte) 0);
    out.putShort((short) deployment.layers().size()).putShort((short) 1);
    out.putShort((short) deployment.input().height()).putShort((short) deployment.input().width());
    out.putShort((short) deployment.input().pixelBytes());
    byte[] id = deployment.board().id().getBytes(StandardCharsets.US_ASCII);
    out.putShort((short) id.length).put(id);
  }

  private void begin(Frame frame) {
    if (busyAnswers > 0) {
      busyAnswers--;
      error(frame, 6, 0);
      return;
    }
    if (find(frame) == null) {
      boolean full = inFlight.size() == 2 || (!inFlight.isEmpty() && !inFlight.getLast().whole());
      if (twoAllowed && full) {
        error(frame, 6, 0);
        return;
      }
      if (!twoAllowed) {
        inFlight.clear();
      }
      inFlight.add(new Image(frame.image(), deployment.input().bytes()));
      mostInFlight = Math.max(mostInFlight, inFlight.size());
    }
    answer(
        frame,
        6,
        out ->
            out.putShort((short) deployment.input().height())
                .putShort((short) ROOM)
                .putShort((short) partBytes()));
  }

  private int partBytes() {
    return Math.min(maxPayload - 2, deployment.input().rowBytes());
  }

  /** As ROW's answer, which also comes unasked. */
  private void sayRows(int flags) {
    Image image = inFlight.getLast();
    int rowBytes = deployment.input().rowBytes();
    ByteBuffer out = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) (image.taken / rowBytes)).putShort((short) (image.taken % rowBytes));
    out.putShort((short) ROOM).putInt(0);
    Bytes payload = Bytes.of(out.array());
    int all = flags | (inFlight.getFirst().done() ? 2 : 0);
    wire.accept(new Frame(0x83, all, rowSequence, session, image.number, 0, payload).toWire());
  }

  private void row(Frame frame, ByteBuffer in) {
    int rowBytes = deployment.input().rowBytes();
    int offset = in.getShort() & 0xFFFF;
    int at = frame.row() * rowBytes + offset;
    int length = in.remaining();
    Image image = find(frame);
    rowSequence = frame.sequence();
    if (image == null || image != inFlight.getLast()) {
      error(frame, 3, 0);
    } else if (offset + length > rowBytes) {
      error(frame, 5, 0);
    } else {
      if (at == image.taken) {
        in.get(image.bytes, at, length);
        image.taken += length;
      }
      if (inFlight.getFirst() != image) {
        work(inFlight.getFirst());
      }
      sayRows(0);
    }
  }

  private void work(Image image) {
    if (image.whole() && !stalled && !image.done()) {
      image.stepsDone++;
    }
  }

  private void status(Frame frame) {
    Image image = find(frame);
    if (image != null && image == inFlight.getFirst()) {
      work(image);
    }
    int rows = image == null ? 0 : image.taken / deployment.input().rowBytes();
    int steps = image == null ? 0 : image.stepsDone;
    boolean whole = image != null && image.whole();
    int working = image == null ? 0 : !whole ? 1 : image.done() ? 3 : 2;
    int state = failing && whole ? 4 : working;
    answer(
        frame,
        16,
        out -> {
          out.put((byte) state).put((byte) 0).putShort((short) rows);
          out.putShort((short) steps).putShort((short) STEPS);
          out.putInt((int) decoder.badFrames()).putInt(0);
        });
  }

  private boolean refusedResult(Frame frame) {
    Image image = find(frame);
    if (image == null || !image.done()) {
      error(frame, image == null ? 11 : 7, 0);
      return true;
    }
    return false;
  }

  private void tensor(Frame frame, ByteBuffer in) {
    if (refusedResult(frame)) {
      return;
    }
    in.getShort();
    int length = in.getShort();
    int offset = in.getInt();
    byte[] image = find(frame).bytes;
    byte[] part = Arrays.copyOfRange(output(deployment, image), offset, offset + length);
    answer(frame, 4 + length, out -> out.putInt(offset).put(part));
  }

  private interface LayerValue {
    void write(ByteBuffer out, int layer);
  }

  /** One layer a frame, so that paging shows. */
  private void layers(Frame frame, ByteBuffer in, int size, LayerValue value) {
    if (refusedResult(frame)) {
      return;
    }
    int first = in.getShort();
    answer(
        frame,
        4 + size,
        out -> {
          out.putShort((short) first).putShort((short) 1);
          value.write(out, first);
        });
  }

  private void cells(Frame frame) {
    if (!inFlight.isEmpty()) {
      error(frame, 6, 0);
      return;
    }
    answer(
        frame,
        20,
        out ->
            out.putInt(4096)
                .putInt(wrongCells)
                .putInt(wrongCells == 0 ? 0 : 1236)
                .putInt(0x55555555)
                .putInt(0x55555551));
  }

  private void memory(ByteBuffer out) {
    out.putShort((short) 1).putInt(4096).putInt(1500).put((byte) 4);
    out.put("main".getBytes(StandardCharsets.US_ASCII));
  }

  /** Of 1000 ticks between two questions, one task had 600. */
  private void load(ByteBuffer out) {
    loads++;
    out.putLong(1000L * loads).putLong(77).putShort((short) 1).putLong(600L * loads);
    out.put((byte) 4).put("link".getBytes(StandardCharsets.US_ASCII));
  }

  private void error(Frame frame, int code, int detail) {
    Frame error =
        payload(
            frame,
            0x7F,
            4,
            out -> out.put((byte) frame.type()).put((byte) code).putShort((short) detail));
    wire.accept(error.toWire());
  }

  private void answer(Frame frame, int room, Consumer<ByteBuffer> write) {
    wire.accept(payload(frame, frame.type() | 0x80, room, write).toWire());
  }

  private Frame payload(Frame frame, int type, int room, Consumer<ByteBuffer> write) {
    ByteBuffer out = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    write.accept(out);
    Bytes payload = Bytes.of(out.array(), 0, out.position());
    int flags = !inFlight.isEmpty() && inFlight.getFirst().done() ? 2 : 0;
    return new Frame(type, flags, frame.sequence(), frame.session(), frame.image(), 0, payload);
  }
}
