package org.fovea.host.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;

/** Reads {@code deployment.json}, format 2. Unknown keys are ignored, anything else is strict. */
public final class ManifestReader {
  private static final int FORMAT = 2;
  private static final int MAX_SIDE = 4_096;
  private static final long MAX_BYTES = 1L << 32;

  private ManifestReader() {}

  /**
   * Reads and checks the file.
   *
   * @throws ManifestRejected with every finding at once
   */
  public static Deployment read(Path file) {
    return deployment(JsonFile.read(file), file.toString());
  }

  /**
   * Reads and checks a file's bytes.
   *
   * @param name what findings call it
   * @throws ManifestRejected with every finding at once
   */
  public static Deployment read(byte[] bytes, String name) {
    return deployment(JsonFile.parse(bytes, name), name);
  }

  /**
   * Reads and checks the input, the outputs, the head and the labels alone.
   *
   * @param name what findings call it
   * @throws ManifestRejected with every finding at once
   */
  public static Detector detector(byte[] bytes, String name) {
    List<Finding> findings = new ArrayList<>();
    Fields in = new Fields(JsonFile.parse(bytes, name), name, findings);
    Detector detector =
        new Detector(
            input(in.object("input")),
            in.objects("outputs", ManifestReader::output),
            heads(in),
            thresholds(in),
            in.texts("labels"));
    if (findings.isEmpty()) {
      ManifestChecks.check(detector, name, findings);
    }
    if (!findings.isEmpty()) {
      throw new ManifestRejected(findings);
    }
    return detector;
  }

  private static Deployment deployment(JsonNode json, String name) {
    List<Finding> findings = new ArrayList<>();
    Deployment deployment = deployment(new Fields(json, name, findings));
    if (findings.isEmpty()) {
      ManifestChecks.check(deployment, name, findings);
    }
    if (!findings.isEmpty()) {
      throw new ManifestRejected(findings);
    }
    return deployment;
  }

  private static Deployment deployment(Fields in) {
    in.integer("format", FORMAT, FORMAT);
    return new Deployment(
        in.text("generator"),
        in.hex("layout_sha256", 64),
        model(in.object("model")),
        board(in.object("board")),
        in.text("rtos"),
        in.int32("runtime_abi", 0, Integer.MAX_VALUE),
        in.choice("counter", Counter.class),
        input(in.object("input")),
        in.objects("outputs", ManifestReader::output),
        heads(in),
        thresholds(in),
        in.texts("labels"),
        Long.parseLong(in.hex("weights_crc32", 8), 16),
        Long.parseLong(in.hex("tables_crc32", 8), 16),
        engine(in),
        in.objects("layers", ManifestReader::layer),
        memory(in.object("memory")),
        in.isNull("emulator") ? EmulatorCommand.NONE : emulator(in.object("emulator")));
  }

  private static Optional<Engine> engine(Fields in) {
    if (!in.has("engine") || in.isNull("engine")) {
      return Optional.empty();
    }
    Fields engine = in.object("engine");
    return Optional.of(
        new Engine(
            engine.text("name"),
            engine.flag("exact"),
            engine.objects("files", ManifestReader::compiledFile)));
  }

  private static Engine.CompiledFile compiledFile(Fields in) {
    return new Engine.CompiledFile(
        in.text("name"),
        in.integer("bytes", 0, MAX_BYTES),
        in.hex("sha256", 64),
        in.has("path") && in.has("address")
            ? Optional.of(new Engine.Place(in.text("path"), in.address("address")))
            : Optional.empty());
  }

  private static Model model(Fields in) {
    return new Model(
        in.text("file"),
        in.hex("sha256", 64),
        in.text("name"),
        in.choice("weights", Model.Weights.class),
        in.integer("macs", 0, Long.MAX_VALUE));
  }

  private static Board board(Fields in) {
    return new Board(
        in.text("id"),
        in.text("name"),
        in.text("cpu"),
        in.choice("verified", Board.Verified.class),
        in.flag("emulated"),
        in.textOrNull("twin_of"),
        in.int32("baud", 1_200, 50_000_000),
        in.texts("usb_ids"));
  }

  private static Input input(Fields in) {
    return new Input(
        in.text("name"),
        in.int32("height", 1, MAX_SIDE),
        in.int32("width", 1, MAX_SIDE),
        in.int32("channels", 1, 4),
        in.choice("pixels", Input.Pixels.class),
        in.choice("type", Input.ByteType.class),
        in.number("scale", 1e-12, 1e12),
        in.int32("zero_point", -128, 255),
        in.choice("color_order", Input.ColorOrder.class),
        in.choice("fit", Input.Fit.class),
        in.choice("resample", Input.Resample.class),
        in.int32("pad_pixel", 0, 255),
        in.numbers("pixel_scale", -1e12, 1e12),
        in.numbers("pixel_offset", -1e12, 1e12));
  }

  private static Output output(Fields in) {
    return new Output(
        in.text("name"),
        in.integers("shape", 1, 1 << 20),
        in.int32("bytes", 1, 1 << 24),
        in.text("model_type"),
        in.number("scale", 1e-12, 1e12),
        in.int32("zero_point", -128, 255));
  }

  private static List<Head> heads(Fields in) {
    return in.objects("heads", HeadReader::head);
  }

  private static Thresholds thresholds(Fields in) {
    return in.isNull("thresholds")
        ? Thresholds.NONE
        : HeadReader.thresholds(in.object("thresholds"));
  }

  private static Layer layer(Fields in) {
    return new Layer(
        in.int32("index", 0, 65_535),
        in.text("name"),
        in.texts("ops"),
        in.text("kernel"),
        in.text("variant"),
        in.text("reason"),
        in.integers("output_shape", 1, 1 << 20),
        in.integer("macs", 0, Long.MAX_VALUE),
        in.integer("weights_bytes", 0, MAX_BYTES),
        in.has("weights") && !in.isNull("weights") ? in.object("weights").text("region") : "");
  }

  private static Memory memory(Fields in) {
    return new Memory(
        in.objects("regions", ManifestReader::region),
        arena(in.object("arena")),
        in.has("plan") ? (int) in.object("plan").integer("images_in_flight", 1, 2) : 1);
  }

  private static Memory.Region region(Fields in) {
    return new Memory.Region(
        in.text("name"),
        in.address("base"),
        in.integer("bytes", 1, MAX_BYTES),
        in.choice("kind", Memory.Kind.class),
        uses(in));
  }

  /** What the firmware leaves to the user's application is a use like the others. */
  private static List<Memory.Use> uses(Fields in) {
    List<Memory.Use> uses = new ArrayList<>(in.objects("uses", ManifestReader::use));
    long application =
        in.has("application_bytes") ? in.integer("application_bytes", 0, MAX_BYTES) : 0;
    if (application > 0) {
      uses.add(new Memory.Use("application", "", application, true));
    }
    return uses;
  }

  private static Memory.Use use(Fields in) {
    return new Memory.Use(
        in.text("name"), in.text("section"), in.integer("bytes", 0, MAX_BYTES), in.flag("exact"));
  }

  private static Memory.Arena arena(Fields in) {
    return new Memory.Arena(
        in.text("region"),
        in.integer("bytes", 0, MAX_BYTES),
        in.objects("buffers", ManifestReader::buffer));
  }

  private static Memory.Buffer buffer(Fields in) {
    return new Memory.Buffer(
        in.text("name"),
        in.integer("offset", 0, MAX_BYTES),
        in.integer("bytes", 0, MAX_BYTES),
        in.int32("first_step", 0, Integer.MAX_VALUE),
        in.int32("last_step", 0, Integer.MAX_VALUE));
  }

  private static EmulatorCommand emulator(Fields in) {
    return new EmulatorCommand(
        in.texts("command"),
        in.text("elf_argument"),
        in.has("line") ? in.choice("line", EmulatorCommand.Line.class) : EmulatorCommand.Line.PTY);
  }
}
