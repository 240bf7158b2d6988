package org.fovea.host.session;

import java.nio.BufferUnderflowException;
import java.security.SecureRandom;
import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;
import org.fovea.host.frame.FrameDecoder;
import org.fovea.host.frame.MalformedAnswer;
import org.fovea.host.frame.Request;
import org.fovea.host.port.Port;

/**
 * Asks who is at a line, without any project. A board that answers forgets the session that it had.
 */
public final class Greeting {
  private static final int ATTEMPTS = 2;
  private static final int READ_BYTES = 1_024;

  private Greeting() {}

  /**
   * Says hello twice, since noise may have come before.
   *
   * @param timeoutMs for the answer to each
   * @return empty when nobody there speaks the protocol
   * @throws DeviceRefused when somebody does, in another version
   */
  public static Optional<Answers.Hello> ask(Port port, int timeoutMs) {
    int id = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    FrameDecoder decoder = new FrameDecoder();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Request.Hello hello = new Request.Hello(Session.PROTOCOL_VERSION, 0);
      port.write(new Frame(hello.type(), 0, attempt, id, 0, 0, hello.payload()).toWire());
      Optional<Answers.Hello> answer = await(port, decoder, id, timeoutMs);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private static Optional<Answers.Hello> await(
      Port port, FrameDecoder decoder, int id, int timeoutMs) {
    byte[] buffer = new byte[READ_BYTES];
    long end = System.nanoTime() + timeoutMs * 1_000_000L;
    for (long left = timeoutMs; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      int count = port.read(buffer, (int) left);
      for (int i = 0; i < count; i++) {
        Optional<Answers.Hello> answer =
            decoder.accept(buffer[i]).filter(f -> f.session() == id).flatMap(Greeting::read);
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Answers.Hello> read(Frame frame) {
    Request.Hello hello = new Request.Hello(Session.PROTOCOL_VERSION, 0);
    try {
      if (frame.type() == Answers.ERROR) {
        throw new Refused(Answers.Refusal.read(frame.payload())).fault();
      }
      return frame.type() == hello.type() + Request.ANSWER
          ? Optional.of(hello.read(frame.payload().reader()))
          : Optional.empty();
    } catch (BufferUnderflowException | MalformedAnswer e) {
      throw new DeviceRefused(
          "board",
          "sent an answer to HELLO that cannot be read",
          "Its checksum is right, so the firmware speaks another protocol",
          "Generate, build and flash the firmware again with this version of Fovea");
    }
  }
}
