package org.fovea.host.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fovea.host.detect.Expectation;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.HostFault;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Counter;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;

/**
 * One self-test of one board. A check that fails ends only itself; when the board falls silent the
 * later ones are not tested. Used once, by one thread.
 */
public final class SelfTest {
  private static final Check.Subject HELLO =
      new Check.Subject("hello", "the board runs this project's firmware");
  private static final Check.Subject WEIGHTS =
      new Check.Subject("weights", "the weights lie in memory as built");
  private static final Check.Subject TABLES =
      new Check.Subject("tables", "the tables lie in memory as built");
  private static final String PROGRAM_AGAIN =
      "Program the board again, its external flash too: fovea flash DIR --weights always";

  private final SelfTestSheet.Project project;
  private final Deployment deployment;
  private final Footprint footprint;
  private final Optional<Oracle> oracle;
  private final List<Check> checks = new ArrayList<>();
  private boolean linkLost;

  /** What a device must answer. */
  public interface Oracle {
    /** Of an image as it is sent. */
    Expectation of(byte[] tensor);
  }

  /**
   * A test.
   *
   * @param footprint {@link Footprint#NONE} when nothing was built here
   * @param oracle empty when the model is not known
   */
  public SelfTest(
      SelfTestSheet.Project project,
      Deployment deployment,
      Footprint footprint,
      Optional<Oracle> oracle) {
    this.project = project;
    this.deployment = deployment;
    this.footprint = footprint;
    this.oracle = oracle;
  }

  /** Asks a board everything. */
  public SelfTestSheet run(Session session, Progress progress) {
    Answers.Hello hello = session.hello();
    SelfTestSheet.Device device = device(hello);
    checks.add(hello(device));
    Optional<LinkProbe> probe =
        of(LinkProbe.SPEED, () -> new LinkProbe(session, deployment.board().emulated()));
    Optional<Answers.SelfTest> constants = of(WEIGHTS, session::selfTest).flatMap(c -> c);
    constants(constants);
    Optional<Inferences> inferences =
        of(Inferences.BITS, () -> Inferences.of(session, deployment, oracle, progress));
    inferences.ifPresentOrElse(
        i -> checks.addAll(i.checks()),
        () -> checks.add(Inferences.STABLE.notTested("no inference ended", "")));
    Optional<LinkProbe.Found> link = probe.flatMap(p -> measure(p, inferences));
    link.ifPresentOrElse(
        l -> checks.addAll(l.checks()),
        () -> checks.add(LinkProbe.ERRORS.notTested("the line was not measured", "")));
    Optional<ClockCheck.Found> clock =
        inferences.flatMap(i -> link.map(l -> clock(hello, i, l.link())));
    checks.add(
        clock
            .map(ClockCheck.Found::check)
            .orElse(ClockCheck.CLOCK.notTested("no inference ended, or no line to time it", "")));
    Optional<MemoryCheck> memory =
        of(MemoryCheck.MARKS, () -> new MemoryCheck(footprint, session.memory()));
    memory.ifPresent(m -> checks.add(m.check()));
    of(CellsCheck.CELLS, session::testCells).map(CellsCheck::of).ifPresent(checks::add);
    return sheet(
        Optional.of(device),
        inferences.map(Inferences::rows).orElse(List.of()),
        memory.map(MemoryCheck::marks).orElse(List.of()),
        clock.flatMap(ClockCheck.Found::clock),
        link.map(LinkProbe.Found::link));
  }

  private Optional<LinkProbe.Found> measure(LinkProbe probe, Optional<Inferences> inferences) {
    List<InferenceResult> results = inferences.map(Inferences::results).orElse(List.of());
    return of(LinkProbe.SPEED, () -> probe.measure(deployment.input().bytes(), results));
  }

  private ClockCheck.Found clock(
      Answers.Hello hello, Inferences inferences, SelfTestSheet.Link link) {
    return ClockCheck.of(
        deployment.counter(), hello.clockHz(), inferences.results(), link.latencyMs().max() / 1e3);
  }

  /** Of a board that was refused at HELLO: nothing else can be tested. */
  public SelfTestSheet refused(DeviceRefused fault) {
    checks.add(HELLO.fail(fault));
    Stream.of(
            WEIGHTS,
            TABLES,
            Inferences.BITS,
            Inferences.STABLE,
            LinkProbe.SPEED,
            LinkProbe.ERRORS,
            ClockCheck.CLOCK,
            MemoryCheck.MARKS,
            CellsCheck.CELLS)
        .map(subject -> subject.notTested("the board was refused", ""))
        .forEach(checks::add);
    return sheet(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  private SelfTestSheet sheet(
      Optional<SelfTestSheet.Device> device,
      List<SelfTestSheet.LayerRow> layers,
      List<SelfTestSheet.Mark> memory,
      Optional<SelfTestSheet.Clock> clock,
      Optional<SelfTestSheet.Link> link) {
    return new SelfTestSheet(
        project,
        deployment.board().emulated() ? "emulated" : "measured",
        checks.stream().noneMatch(c -> c.verdict() == Check.Verdict.FAIL),
        linkLost,
        device,
        checks,
        layers,
        memory,
        clock,
        link);
  }

  /** What a step gives; a fault becomes its line, and ends the steps that need the line. */
  private <T> Optional<T> of(Check.Subject subject, Supplier<T> step) {
    if (linkLost) {
      checks.add(subject.notTested("the board had fallen silent", ""));
      return Optional.empty();
    }
    try {
      return Optional.of(step.get());
    } catch (HostFault fault) {
      linkLost = fault instanceof LinkFailed;
      checks.add(subject.fail(fault));
      return Optional.empty();
    }
  }

  private static SelfTestSheet.Device device(Answers.Hello hello) {
    Counter[] counters = {Counter.CYCLES, Counter.INSTRUCTIONS, Counter.NANOSECONDS};
    boolean known = hello.counter() >= 1 && hello.counter() <= counters.length;
    return new SelfTestSheet.Device(
        hello.board(),
        hello.version(),
        hello.modelSha256(),
        hello.layoutSha256(),
        hello.runtimeAbi(),
        known ? lower(counters[hello.counter() - 1]) : "unknown",
        hello.clockHz(),
        hello.maxPayload());
  }

  /** The session has compared version, model, layout and shapes before. */
  private Check hello(SelfTestSheet.Device device) {
    String found =
        Check.text(
            "%s, model %.12s, layout %.12s, protocol %d, counts %s at %d Hz",
            device.board(),
            device.modelSha256(),
            device.layoutSha256(),
            device.protocol(),
            device.counter(),
            device.clockHz());
    boolean same =
        device.board().equals(deployment.board().id())
            && device.counter().equals(lower(deployment.counter()))
            && device.clockHz() > 0;
    return same
        ? HELLO.pass(found)
        : HELLO.fail(
            found
                + Check.text(
                    "; deployment.json: %s, counts %s",
                    deployment.board().id(), lower(deployment.counter())),
            "Flash the firmware built from this project");
  }

  private void constants(Optional<Answers.SelfTest> found) {
    if (deployment.engine().isPresent()) {
      String why = "the engine holds them; the program compared its file at start";
      checks.removeIf(c -> c.id().equals(WEIGHTS.id()));
      checks.add(WEIGHTS.notTested(why, ""));
      checks.add(TABLES.notTested("an engine's network has none of Fovea's", ""));
      return;
    }
    found.ifPresentOrElse(
        f -> {
          checks.add(crc(WEIGHTS, f.weightsCrc(), deployment.weightsCrc32()));
          checks.add(crc(TABLES, f.tablesCrc(), deployment.tablesCrc32()));
        },
        () -> {
          String why = "the firmware computed no checksums of its memory";
          if (checks.stream().noneMatch(c -> c.id().equals(WEIGHTS.id()))) {
            checks.add(WEIGHTS.notTested(why, ""));
          }
          checks.add(TABLES.notTested(why, ""));
        });
  }

  private static Check crc(Check.Subject subject, long found, long expected) {
    return found == expected
        ? subject.pass(Check.text("CRC-32 %08x", found))
        : subject.fail(
            Check.text("CRC-32 is %08x on the board and %08x in deployment.json", found, expected),
            PROGRAM_AGAIN);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
