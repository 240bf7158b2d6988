package org.fovea.host.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the device says, one record per message. */
public final class Answers {
  /** Type of a LOG frame. */
  public static final int LOG = 0x60;

  /** Type of an ERROR frame. */
  public static final int ERROR = 0x7F;

  /** Flag of an answer: an image is done and waits to be fetched and released. */
  public static final int RESULT_WAITS = 2;

  /** Flag of ROW's answer: behind the last ROW came a frame that could not be read. */
  public static final int DAMAGED = 4;

  private static final int MAX_LOG_CHARACTERS = 400;

  private Answers() {}

  /**
   * Who the device is.
   *
   * @param maxPayload bytes
   * @param modelSha256 lower-case hex
   * @param layoutSha256 lower-case hex
   * @param clockHz of the counter behind PROFILE
   * @param counter 1: CPU cycles, measured; 2: instructions, emulated; 3: nanoseconds, measured
   *     unless the program runs in an emulator
   * @param rtos 0: bare metal, 1: FreeRTOS
   */
  public record Hello(
      int version,
      int maxPayload,
      int capabilities,
      String modelSha256,
      String layoutSha256,
      long runtimeAbi,
      long clockHz,
      int counter,
      int rtos,
      int layers,
      int outputs,
      int inputHeight,
      int inputWidth,
      int inputChannels,
      String board) {
    static Hello read(ByteBuffer in) {
      return new Hello(
          u16(in),
          u16(in),
          in.getInt(),
          hex(in, 32),
          hex(in, 32),
          u32(in),
          in.getLong(),
          u8(in),
          u8(in),
          u16(in),
          u16(in),
          u16(in),
          u16(in),
          u16(in),
          printable(in, u16(in)));
    }
  }

  /**
   * An image has begun.
   *
   * @param rows of one image
   * @param room rows that may be sent at once
   * @param partBytes of a row that a frame carries; the last part of a row is shorter
   */
  public record Begin(int rows, int room, int partBytes) {
    static Begin read(ByteBuffer in) {
      return new Begin(u16(in), u16(in), u16(in));
    }
  }

  /**
   * Where the device stands.
   *
   * @param nextRow of the first part that it does not have
   * @param nextOffset of that part in its row
   * @param room rows from {@code nextRow} on that may be sent
   * @param there bit i: it has the part i places behind the first missing one
   */
  public record Row(int nextRow, int nextOffset, int room, int there) {
    /** Reads the answer's payload. */
    public static Row read(ByteBuffer in) {
      return new Row(u16(in), u16(in), u16(in), in.getInt());
    }
  }

  /** The line's rate in baud from now on; 0 when it stays what it is. */
  public record Baud(long rate) {}

  /** The device's state; {@code steps} is the work of one image. */
  public record Status(
      State state, int rowsReceived, int stepsDone, int steps, long badFrames, long overruns) {
    /** In the order of the protocol's numbers. */
    public enum State {
      IDLE,
      RECEIVING,
      RUNNING,
      DONE,
      FAILED
    }

    static Status read(ByteBuffer in) {
      int state = u8(in);
      if (state >= State.values().length) {
        throw new MalformedAnswer("state " + state);
      }
      in.get();
      return new Status(State.values()[state], u16(in), u16(in), u16(in), u32(in), u32(in));
    }
  }

  /** A part of an output tensor. */
  public record Tensor(int offset, Bytes part) {}

  /**
   * Boxes of an image from {@code first} on.
   *
   * @param count of all
   */
  public record Boxes(int count, int first, List<BoardBox> boxes) {
    public Boxes {
      boxes = List.copyOf(boxes);
    }

    static Boxes read(ByteBuffer in) {
      int count = u16(in);
      int first = u16(in);
      List<BoardBox> boxes = new ArrayList<>();
      while (in.hasRemaining()) {
        boxes.add(BoardBox.read(in));
      }
      return new Boxes(count, first, boxes);
    }
  }

  /** One value per layer, from {@code firstLayer} on. */
  public record Values(int firstLayer, List<Long> values) {
    public Values {
      values = List.copyOf(values);
    }

    static Values read(ByteBuffer in, ToLongFunction<ByteBuffer> value) {
      int firstLayer = u16(in);
      int count = u16(in);
      List<Long> values = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        values.add(value.applyAsLong(in));
      }
      return new Values(firstLayer, values);
    }
  }

  /** Sizes and high-water marks. */
  public record Memory(List<Entry> entries) {
    /** Bytes there and bytes ever used. */
    public record Entry(String name, long size, long used) {}

    public Memory {
      entries = List.copyOf(entries);
    }

    static Memory read(ByteBuffer in) {
      int count = u16(in);
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long size = u32(in);
        long used = u32(in);
        entries.add(new Entry(printable(in, u8(in)), size, used));
      }
      return new Memory(entries);
    }
  }

  /** CRC-32 of the weights and of the tables as the device reads them now. */
  public record SelfTest(long weightsCrc, long tablesCrc) {}

  /**
   * How memory kept what was written to it.
   *
   * @param bytes that were tested
   * @param failures reads that were wrong
   * @param first byte of the first of them; what was written there, and what was read
   */
  public record Cells(long bytes, long failures, long first, long written, long read) {}

  /** The session is forgotten. */
  public record Restart() {}

  /** The image is held no longer. */
  public record Release() {}

  /** The device's no. */
  public record Refusal(int requestType, Code code, int detail, String text) {
    /** In the order of the protocol's numbers, from 1. */
    public enum Code {
      VERSION_NOT_SPOKEN,
      NO_SESSION,
      NO_IMAGE,
      RESERVED,
      WRONG_LENGTH,
      BUSY,
      NOT_DONE,
      NO_SUCH_RANGE,
      UNKNOWN_REQUEST,
      INTERNAL_FAULT,
      NOT_HELD
    }

    /** Reads an ERROR frame's payload. */
    public static Refusal read(Bytes payload) {
      ByteBuffer in = payload.reader();
      int requestType = u8(in);
      int code = u8(in);
      if (code < 1 || code > Code.values().length) {
        throw new MalformedAnswer("error code " + code);
      }
      return new Refusal(
          requestType, Code.values()[code - 1], u16(in), printable(in, in.remaining()));
    }
  }

  /** The line of a LOG frame, made safe to print. */
  public static String log(Bytes payload) {
    ByteBuffer in = payload.reader();
    return printable(in, in.remaining());
  }

  static int u8(ByteBuffer in) {
    return in.get() & 0xFF;
  }

  static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  static long u32(ByteBuffer in) {
    return in.getInt() & 0xFFFF_FFFFL;
  }

  static Bytes rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return Bytes.of(rest);
  }

  private static String hex(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Control characters could move a terminal's cursor or change its title. */
  static String printable(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new MalformedAnswer("text of " + length + " bytes in " + in.remaining());
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{C}", " ").strip();
    return text.substring(0, Math.min(text.length(), MAX_LOG_CHARACTERS));
  }
}
