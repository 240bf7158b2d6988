package org.fovea.host.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Bytes;
import org.fovea.host.frame.Request;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.Port;

/**
 * A conversation with one board that runs the firmware of one deployment. Every method ends with
 * the right result or with a {@link org.fovea.host.fault.HostFault}, whatever the line does; used
 * by one thread.
 */
public final class Session implements AutoCloseable {
  static final int PROTOCOL_VERSION = 2;
  private static final int CAPABILITY_SELFTEST = 1 << 2;
  private static final int CAPABILITY_TWO_IMAGES = 1 << 4;
  private static final int CAPABILITY_LOAD = 1 << 5;
  private static final int CAPABILITY_BOXES = 1 << 6;
  private static final int CAPABILITY_CELLS = 1 << 7;
  private static final int CAPABILITIES = 0xF;

  private final Port port;
  private final Deployment deployment;
  private final Timing timing;
  private final Exchange exchange;
  private final Answers.Hello hello;
  private final LineRate rate;
  private final Images images;
  private boolean bringsBoxes;

  private Session(Port port, Deployment deployment, Timing timing, Exchange exchange) {
    this.port = port;
    this.deployment = deployment;
    this.timing = timing;
    this.exchange = exchange;
    this.hello = guarded(() -> hello(CAPABILITIES));
    HelloCheck.check(hello, deployment);
    this.rate = new LineRate(exchange, port, new Request.Hello(PROTOCOL_VERSION, CAPABILITIES));
    guarded(rate::raise);
    this.images = new Images(exchange, timing, hello, deployment.input());
  }

  /**
   * Says hello; refuses a board with another protocol, model or build.
   *
   * @param port owned by the session from now on, closed also when this fails
   * @param log hears each line the firmware prints
   */
  public static Session open(Port port, Deployment deployment, Consumer<String> log) {
    Timing timing = deployment.board().emulated() ? Timing.emulated() : Timing.board();
    int id = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    return open(port, deployment, timing, id, log, System::nanoTime);
  }

  /**
   * The same with times and a clock of the caller's.
   *
   * @param id of the session, not 0
   * @param nanoClock of the port: reading it waits in this time
   */
  public static Session open(
      Port port,
      Deployment deployment,
      Timing timing,
      int id,
      Consumer<String> log,
      LongSupplier nanoClock) {
    try {
      return new Session(port, deployment, timing, new Exchange(port, timing, id, log, nanoClock));
    } catch (RuntimeException e) {
      port.close();
      throw e;
    }
  }

  /** What the board said of itself. */
  public Answers.Hello hello() {
    return hello;
  }

  /**
   * From now on results bring the boxes that the board finds, instead of its tensors.
   *
   * @throws DeviceRefused when the board finds none
   */
  public void bringBoxes() {
    if (!can(CAPABILITY_BOXES)) {
      throw new DeviceRefused(
          "board",
          "sends no boxes",
          "Its model has no card with grids, or it takes two images at a time",
          "Leave --boxes away: the PC reads the tensors");
    }
    bringsBoxes = true;
  }

  /**
   * Runs one image and brings everything back.
   *
   * @param tensor the image as it is sent, {@code Input.bytes()} bytes
   */
  public InferenceResult infer(byte[] tensor, Progress progress) {
    long start = exchange.nanoTime();
    sendImage(tensor, progress);
    return finish(start, progress);
  }

  /**
   * Runs the image that lies in the device's memory already, put there by a debugger or an
   * emulator's loader, and brings everything back. Only after power-up: a run writes over its
   * image.
   */
  public InferenceResult inferPresent(Progress progress) {
    long start = exchange.nanoTime();
    guarded(() -> images.begin(true));
    return finish(start, progress);
  }

  private InferenceResult finish(long start, Progress progress) {
    long sent = exchange.nanoTime();
    awaitDone(progress);
    long done = exchange.nanoTime();
    return new InferenceResult(
        guarded(() -> result(images.current()).outputs()),
        guarded(() -> result(images.current()).boxes()),
        profile(),
        crcs(),
        memory(),
        (sent - start) / 1e9,
        (done - sent) / 1e9,
        OptionalDouble.empty());
  }

  /** Sends all rows of an image; the device works meanwhile. */
  public void sendImage(byte[] tensor, Progress progress) {
    guarded(
        () -> {
          ImageStream.Begun begun = images.begin(false);
          images.sendRows(begun, tensor, progress, () -> {});
          return begun;
        });
  }

  /** Whether the board takes an image in while the last one is in work. */
  public boolean overlapsImages() {
    return can(CAPABILITY_TWO_IMAGES);
  }

  /**
   * Runs images one after the other, in the order of the list; where the board can, the next one's
   * rows go out while the last one is in work.
   *
   * @param progress of each image, by its place in the list
   */
  public List<InferenceResult> inferAll(List<byte[]> tensors, IntFunction<Progress> progress) {
    List<InferenceResult> results = new ArrayList<>();
    inferAll(tensors, progress, (index, result) -> results.add(result));
    return List.copyOf(results);
  }

  /** The same, with each result as soon as it is there, and not kept. */
  public void inferAll(List<byte[]> tensors, IntFunction<Progress> progress, ResultSink sink) {
    if (!overlapsImages()) {
      for (int i = 0; i < tensors.size(); i++) {
        sink.accept(i, infer(tensors.get(i), progress.apply(i)));
      }
      return;
    }
    guarded(
        () -> {
          hello(CAPABILITIES | CAPABILITY_TWO_IMAGES);
          stream(sink).run(tensors, progress);
          return hello(CAPABILITIES);
        });
  }

  private ImageStream stream(ResultSink sink) {
    return new ImageStream(
        exchange,
        timing,
        () -> images.begin(false),
        images::sendRows,
        this::result,
        number -> exchange.ask(new Request.Release(), number),
        sink);
  }

  private Answers.Hello hello(int capabilities) {
    return exchange.ask(new Request.Hello(PROTOCOL_VERSION, capabilities), 0);
  }

  /** Waits until the output tensors are there. */
  public void awaitDone(Progress progress) {
    guarded(
        () -> {
          new InferenceWait(exchange, timing, images.current()).untilDone(progress);
          return hello;
        });
  }

  /** The int8 values of one output tensor. */
  public Bytes output(int index) {
    return guarded(() -> result(images.current()).output(index));
  }

  /** Ticks per layer; empty when the firmware counts none. */
  public List<Long> profile() {
    return guarded(() -> result(images.current()).profile());
  }

  /** CRC-32 of each layer's output; empty when the firmware makes none. */
  public List<Long> crcs() {
    return guarded(() -> result(images.current()).crcs());
  }

  private ResultReader result(int number) {
    return new ResultReader(exchange, hello, deployment.outputs(), bringsBoxes, number);
  }

  /** Stacks, arena and link buffers. */
  public List<Answers.Memory.Entry> memory() {
    return ask(new Request.Memory()).entries();
  }

  /** Whose the core was since the device started; no tasks when the firmware does not count. */
  public TaskTimes taskTimes() {
    return can(CAPABILITY_LOAD) ? ask(new Request.Load()) : TaskTimes.NONE;
  }

  /** The device's own state and error counters. */
  public Answers.Status status() {
    return ask(new Request.Status());
  }

  /** CRCs of the constants, read back now; empty when the firmware has no self-test. */
  public Optional<Answers.SelfTest> selfTest() {
    return can(CAPABILITY_SELFTEST) ? Optional.of(ask(new Request.SelfTest())) : Optional.empty();
  }

  /**
   * Whether the activations' memory keeps what is written to it; the last image's result is gone.
   * Empty when the firmware does not test it.
   */
  public Optional<Answers.Cells> testCells() {
    if (!can(CAPABILITY_CELLS)) {
      return Optional.empty();
    }
    ask(new Request.Release());
    return Optional.of(ask(new Request.Cells()));
  }

  /** What one STATUS takes there and back, in nanoseconds of the host's clock. */
  public long roundTripNanos() {
    long start = exchange.nanoTime();
    status();
    return exchange.nanoTime() - start;
  }

  /** What has gone over the line since the session was opened. */
  public Traffic traffic() {
    return exchange.traffic();
  }

  /** The line's rate, 0 where it has none; a pseudo terminal claims one that means nothing. */
  public int baud() {
    return port.baud();
  }

  @Override
  public void close() {
    try {
      rate.lower();
    } finally {
      port.close();
    }
  }

  private boolean can(int capability) {
    return (hello.capabilities() & capability) != 0;
  }

  private <A> A ask(Request<A> request) {
    return guarded(() -> exchange.ask(request, images.current()));
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (Refused e) {
      throw e.fault();
    }
  }
}
