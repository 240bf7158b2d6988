package org.fovea.generator.emit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * deployment.json: all that a host must know of a firmware. Keys are the components' names in snake
 * case; docs/DESIGN.md describes them.
 */
public record Manifest(
    int format,
    String generator,
    @JsonProperty("layout_sha256") String layoutSha256,
    Model model,
    BoardFacts board,
    @JsonInclude(Include.NON_ABSENT) Optional<String> project,
    String rtos,
    int runtimeAbi,
    String counter,
    Input input,
    List<Output> outputs,
    List<Head> heads,
    Optional<Thresholds> thresholds,
    List<String> labels,
    @JsonProperty("weights_crc32") String weightsCrc32,
    @JsonProperty("tables_crc32") String tablesCrc32,
    @JsonInclude(Include.NON_ABSENT) Optional<EngineFacts> engine,
    List<LayerFacts> layers,
    Memory memory,
    Optional<Emulator> emulator) {

  /** The model file. */
  public record Model(String file, String sha256, String name, String weights, long macs) {}

  /** The board, as far as a host cares. */
  public record BoardFacts(
      String id,
      String name,
      String cpu,
      String verified,
      boolean emulated,
      Optional<String> twinOf,
      int baud,
      List<String> usbIds) {}

  /**
   * The image that the device wants, and how a photo becomes it.
   *
   * @param channels of the network
   * @param pixels rgb888 when rows are the network's integers, one a channel; or what a camera
   *     gives
   */
  public record Input(
      String name,
      int height,
      int width,
      int channels,
      String pixels,
      String type,
      float scale,
      int zeroPoint,
      String colorOrder,
      String fit,
      String resample,
      int padPixel,
      List<Double> pixelScale,
      List<Double> pixelOffset) {}

  /** A tensor that the device gives back, always int8. */
  public record Output(
      String name, List<Integer> shape, long bytes, String modelType, float scale, int zeroPoint) {}

  /** How boxes are read out of outputs. */
  public sealed interface Head {
    String family();
  }

  /**
   * A grid of cells in one output, or in one for each field.
   *
   * @param outputs by the fields' names; empty when {@code output} holds all
   */
  public record Grid(
      String family,
      @JsonInclude(Include.NON_ABSENT) Optional<Integer> output,
      @JsonInclude(Include.NON_EMPTY) Map<String, Integer> outputs,
      String layout,
      int rows,
      int columns,
      List<List<Double>> anchors,
      String anchorUnit,
      int classes,
      int valuesPerAnchor,
      String classActivation,
      double scaleXy)
      implements Head {}

  /** Finished boxes, one a row. */
  public record Rows(String family, int output, int classes, int firstClass) implements Head {}

  /** Which boxes are kept. */
  public record Thresholds(double score, double iou, int maxDetections) {}

  /** The part of the manifest that needs no board: how pictures go in and boxes come out. */
  public record Detector(
      Input input,
      List<Output> outputs,
      List<Head> heads,
      Optional<Thresholds> thresholds,
      List<String> labels) {

    public String toJson() {
      return text(this);
    }
  }

  /**
   * Who computes the network where Fovea's kernels do not.
   *
   * @param exact whether its bits are TFLite's
   */
  public record EngineFacts(String name, boolean exact, List<CompiledFacts> files) {}

  /** A file that another compiler made. */
  public record CompiledFacts(String name, long bytes, String sha256) {}

  /** One fused layer. */
  public record LayerFacts(
      int index,
      String name,
      List<String> ops,
      String kernel,
      String variant,
      String reason,
      List<Integer> outputShape,
      long macs,
      long weightsBytes,
      Optional<WeightsPlace> weights) {}

  /**
   * Where a layer's weights, biases and requantisation lie.
   *
   * @param offset in the section, whose start the map file tells
   * @param bytes with alignment
   * @param storedIn where startup copies them from; empty when they are read where they are stored
   * @param steps of one inference that read them
   * @param bytesRead by one inference
   */
  public record WeightsPlace(
      String section,
      String region,
      Optional<String> storedIn,
      long offset,
      long bytes,
      int steps,
      long bytesRead) {}

  /** The memory plan. */
  public record Memory(
      List<RegionFacts> regions,
      PlanFacts plan,
      Arena arena,
      List<StackFacts> stacks,
      WeightsFacts weights) {}

  /**
   * How the weights lie in several memories.
   *
   * @param text empty when they lie in one
   * @param estimatedMsSaved of one inference, over all in the slowest; empty where emulated
   */
  public record WeightsFacts(List<String> text, Optional<Double> estimatedMsSaved) {}

  /**
   * One stack.
   *
   * @param symbol of its lowest byte
   */
  public record StackFacts(String name, String symbol, long bytes) {}

  /**
   * What the plan was chosen for, and what it is.
   *
   * @param input rows or frame
   * @param imagesInFlight 2: an image may begin while the last one is in work
   * @param rowSlots image rows that may wait between link and network
   */
  public record PlanFacts(
      String objective,
      String input,
      String text,
      long lowerBoundBytes,
      long layerByLayerBytes,
      int imagesInFlight,
      int rowSlots) {}

  /**
   * One region and what lies in it.
   *
   * @param applicationBytes at its end, left to the user's application
   */
  public record RegionFacts(
      String name,
      String base,
      long bytes,
      String kind,
      List<UseFacts> uses,
      long applicationBytes) {}

  /** Bytes of one section. */
  public record UseFacts(String name, String section, long bytes, boolean exact) {}

  /** Activations and scratch. */
  public record Arena(String region, long bytes, List<ArenaBuffer> buffers) {}

  /** A stretch of the arena. */
  public record ArenaBuffer(String name, long offset, long bytes, int firstStep, int lastStep) {}

  /**
   * How to start the emulator; the host adds the ELF file and the line.
   *
   * @param elfArgument in front of the ELF file; empty when it comes alone
   * @param line pty: the emulator makes one for the UART; tcp: the program listens and says where
   */
  public record Emulator(List<String> command, String elfArgument, String line) {}

  /** Not the line end of the system: the hash of this text goes into the firmware. */
  private static final DefaultPrettyPrinter LF =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new com.fasterxml.jackson.datatype.jdk8.Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(LF)
          .build();

  /** The same with its hash. */
  public Manifest withLayout(String sha256) {
    return new Manifest(
        format,
        generator,
        sha256,
        model,
        board,
        project,
        rtos,
        runtimeAbi,
        counter,
        input,
        outputs,
        heads,
        thresholds,
        labels,
        weightsCrc32,
        tablesCrc32,
        engine,
        layers,
        memory,
        emulator);
  }

  /** The file's text. */
  public String toJson() {
    return text(this);
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
