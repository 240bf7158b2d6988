package org.fovea.host.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * What the host asks. A request knows its bytes and how its answer reads.
 *
 * @param <A> its answer
 */
public sealed interface Request<A> {
  /** Set in the type of every answer. */
  int ANSWER = 0x80;

  /** u8, bit 7 clear. */
  int type();

  /** The bytes after the header. */
  default Bytes payload() {
    return Bytes.EMPTY;
  }

  /**
   * Reads the answer's payload.
   *
   * @throws java.nio.BufferUnderflowException when it is too short
   * @throws MalformedAnswer when it contradicts itself
   */
  A read(ByteBuffer answer);

  /** First image row of a ROW frame, 0 elsewhere. */
  default int row() {
    return 0;
  }

  /** Opens a session. */
  record Hello(int version, int capabilities) implements Request<Answers.Hello> {
    @Override
    public int type() {
      return 0x01;
    }

    @Override
    public Bytes payload() {
      return bytes(
          8, out -> out.putShort((short) version).putShort((short) 0).putInt(capabilities));
    }

    @Override
    public Answers.Hello read(ByteBuffer answer) {
      return Answers.Hello.read(answer);
    }
  }

  /** Starts an image; drops the one before. */
  record Begin(boolean profile, boolean layerCrcs, boolean imagePresent)
      implements Request<Answers.Begin> {
    @Override
    public int type() {
      return 0x02;
    }

    @Override
    public Bytes payload() {
      int options = (profile ? 1 : 0) | (layerCrcs ? 2 : 0) | (imagePresent ? 4 : 0);
      return bytes(4, out -> out.putInt(options));
    }

    @Override
    public Answers.Begin read(ByteBuffer answer) {
      return Answers.Begin.read(answer);
    }
  }

  /**
   * A part of an image row, or all of it. Its answer comes whenever the device has news of rows.
   *
   * @param offset of the part in the row, in bytes
   */
  record Row(@Override int row, int offset, Bytes part) implements Request<Answers.Row> {
    /** Of ROW; its answers also come unasked. */
    public static final int TYPE = 0x03;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public Bytes payload() {
      return bytes(2 + part.length(), out -> out.putShort((short) offset).put(part.toArray()));
    }

    @Override
    public Answers.Row read(ByteBuffer answer) {
      return Answers.Row.read(answer);
    }
  }

  /** How far the image is. */
  record Status() implements Request<Answers.Status> {
    @Override
    public int type() {
      return 0x04;
    }

    @Override
    public Answers.Status read(ByteBuffer answer) {
      return Answers.Status.read(answer);
    }
  }

  /** A part of an output tensor. */
  record Tensor(int output, int length, int offset) implements Request<Answers.Tensor> {
    @Override
    public int type() {
      return 0x05;
    }

    @Override
    public Bytes payload() {
      return bytes(
          8, out -> out.put((byte) output).put((byte) 0).putShort((short) length).putInt(offset));
    }

    @Override
    public Answers.Tensor read(ByteBuffer answer) {
      return new Answers.Tensor(answer.getInt(), Answers.rest(answer));
    }
  }

  /** Ticks of the layers from {@code firstLayer} on, as many as fit a frame. */
  record Profile(int firstLayer) implements Request<Answers.Values> {
    @Override
    public int type() {
      return 0x06;
    }

    @Override
    public Bytes payload() {
      return bytes(2, out -> out.putShort((short) firstLayer));
    }

    @Override
    public Answers.Values read(ByteBuffer answer) {
      return Answers.Values.read(answer, ByteBuffer::getLong);
    }
  }

  /** Checksums of the layers' outputs from {@code firstLayer} on, as many as fit a frame. */
  record Crcs(int firstLayer) implements Request<Answers.Values> {
    @Override
    public int type() {
      return 0x07;
    }

    @Override
    public Bytes payload() {
      return bytes(2, out -> out.putShort((short) firstLayer));
    }

    @Override
    public Answers.Values read(ByteBuffer answer) {
      return Answers.Values.read(answer, Answers::u32);
    }
  }

  /** Sizes and high-water marks. */
  record Memory() implements Request<Answers.Memory> {
    @Override
    public int type() {
      return 0x08;
    }

    @Override
    public Answers.Memory read(ByteBuffer answer) {
      return Answers.Memory.read(answer);
    }
  }

  /** Checksums of the constants, computed from the memory now. */
  record SelfTest() implements Request<Answers.SelfTest> {
    @Override
    public int type() {
      return 0x09;
    }

    @Override
    public Answers.SelfTest read(ByteBuffer answer) {
      return new Answers.SelfTest(Answers.u32(answer), Answers.u32(answer));
    }
  }

  /** Makes the device forget session and image. */
  record Restart() implements Request<Answers.Restart> {
    @Override
    public int type() {
      return 0x0A;
    }

    @Override
    public Answers.Restart read(ByteBuffer answer) {
      return new Answers.Restart();
    }
  }

  /** The host has what it wants of the image that the frame names. */
  record Release() implements Request<Answers.Release> {
    @Override
    public int type() {
      return 0x0B;
    }

    @Override
    public Answers.Release read(ByteBuffer answer) {
      return new Answers.Release();
    }
  }

  /** Whose the core was. */
  record Load() implements Request<TaskTimes> {
    @Override
    public int type() {
      return 0x0C;
    }

    @Override
    public TaskTimes read(ByteBuffer answer) {
      return TaskTimes.read(answer);
    }
  }

  /** The boxes of an image from {@code first} on, as many as fit a frame. */
  record Boxes(int first) implements Request<Answers.Boxes> {
    @Override
    public int type() {
      return 0x0E;
    }

    @Override
    public Bytes payload() {
      return bytes(2, out -> out.putShort((short) first));
    }

    @Override
    public Answers.Boxes read(ByteBuffer answer) {
      return Answers.Boxes.read(answer);
    }
  }

  /** Writes patterns over the memory of the activations and reads them back; no image is held. */
  record Cells() implements Request<Answers.Cells> {
    @Override
    public int type() {
      return 0x0F;
    }

    @Override
    public Answers.Cells read(ByteBuffer answer) {
      return new Answers.Cells(
          Answers.u32(answer),
          Answers.u32(answer),
          Answers.u32(answer),
          Answers.u32(answer),
          Answers.u32(answer));
    }
  }

  /** Asks for another rate of the line, in baud. */
  record Baud(long rate) implements Request<Answers.Baud> {
    @Override
    public int type() {
      return 0x0D;
    }

    @Override
    public Bytes payload() {
      return bytes(4, out -> out.putInt((int) rate));
    }

    @Override
    public Answers.Baud read(ByteBuffer answer) {
      return new Answers.Baud(Answers.u32(answer));
    }
  }

  private static Bytes bytes(int length, Consumer<ByteBuffer> write) {
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    write.accept(out);
    return Bytes.of(out.array());
  }
}
