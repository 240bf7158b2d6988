package org.fovea.generator.openvino;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.fault.FileFindings;

/** Everything of a network that is known before it runs, computed of the .bin file. */
final class Constants {
  /** Numbers of all constants together; a float takes four bytes. */
  private static final long MAX_ELEMENTS = 1L << 28;

  private static final String SAME =
      "name the .bin that was written with this .xml; download both again";
  private static final String AGAIN = "convert the model again with OpenVINO";

  private final Wiring wiring;
  private final ByteBuffer bin;
  private final FileFindings findings;
  private final Map<Source, Constant> known = new HashMap<>();
  private long elements;
  private long end;

  private Constants(Wiring wiring, byte[] bin, FileFindings findings) {
    this.wiring = wiring;
    this.bin = ByteBuffer.wrap(bin).order(ByteOrder.LITTLE_ENDIAN);
    this.findings = findings;
  }

  /** Reads and folds; rejects a .bin that does not belong to the .xml. */
  static Constants of(Wiring wiring, byte[] bin, FileFindings findings) {
    Constants constants = new Constants(wiring, bin, findings);
    for (int layer : wiring.order()) {
      constants.layer(layer);
    }
    constants.checkEnd();
    findings.rejectIfAny();
    return constants;
  }

  /** Empty where it depends on the image. */
  Optional<Constant> of(Source source) {
    return Optional.ofNullable(known.get(source));
  }

  /** An input of a layer, where it is known. */
  Optional<Constant> input(int layer, int input) {
    return input < wiring.inputs(layer) ? of(wiring.source(layer, input)) : Optional.empty();
  }

  private void layer(int index) {
    Layer layer = wiring.layer(index);
    if (layer.outputs().isEmpty()) {
      return;
    }
    Optional<Constant> constant =
        layer.type().equals("Const") ? read(layer) : folded(index, layer).filter(this::fits);
    constant.ifPresent(
        c -> {
          known.put(new Source(index, 0), c);
          if (!c.dims().equals(layer.outputs().get(0).dims())) {
            reject(
                layer,
                "is " + new Port(0, "", c.dims()).shape(),
                "its port says " + layer.outputs().get(0).shape(),
                AGAIN);
          }
        });
  }

  /** Folding of folded constants must not grow without bound. */
  private boolean fits(Constant constant) {
    elements += constant.size();
    return elements <= MAX_ELEMENTS;
  }

  private Optional<Constant> folded(int index, Layer layer) {
    List<Source> sources = wiring.sources(index);
    if (sources.isEmpty() || of(sources.get(0)).isEmpty()) {
      return Optional.empty();
    }
    Constant first = of(sources.get(0)).orElseThrow();
    String type = layer.type();
    if (type.equals("Convert")) {
      return Optional.of(first);
    }
    if (LayerType.isReshape(type)) {
      Port port = layer.outputs().get(0);
      return port.elements() == first.size()
          ? Optional.of(first.in(port.dims()))
          : Optional.empty();
    }
    if (type.equals("Transpose")) {
      return input(index, 1).flatMap(axes -> Folding.transposed(first, axes.integers()));
    }
    List<Constant> all = sources.stream().flatMap(s -> of(s).stream()).toList();
    if (all.size() < sources.size() || elements > MAX_ELEMENTS) {
      return Optional.empty();
    }
    if (LayerType.isArithmetic(type) && all.size() == 2) {
      return Folding.arithmetic(type, all.get(0), all.get(1));
    }
    if (type.equals("FakeQuantize") && all.size() == 5) {
      return Folding.fakeQuantize(all, new Node(layer, findings).integer("levels", 256, 2, 65536));
    }
    return Optional.empty();
  }

  private Optional<Constant> read(Layer layer) {
    Node node = new Node(layer, findings);
    String word = node.word("element_type", "");
    Optional<ElementType> type = ElementType.of(word);
    if (type.isEmpty()) {
      reject(
          layer,
          "has elements of type " + FileFindings.quote(word),
          "Fovea reads f32, f16, bf16, f64, i8 to i64, u8 to u64 and boolean",
          "save the model with weights of FP32, FP16 or INT8");
      return Optional.empty();
    }
    long offset = node.size("offset");
    long size = node.size("size");
    Port port = layer.outputs().get(0);
    long wanted = Math.min(port.elements(), 1L << 40) * type.get().bytes();
    if (size != wanted) {
      reject(
          layer,
          "takes " + size + " bytes",
          port.shape() + " of " + word + " is " + wanted + " bytes",
          AGAIN);
      return Optional.empty();
    }
    if (offset + size > bin.capacity()) {
      reject(
          layer,
          "lies in bytes %d to %d of the .bin".formatted(offset, offset + size),
          "that has " + bin.capacity() + " bytes",
          SAME);
      return Optional.empty();
    }
    end = Math.max(end, offset + size);
    return numbers(layer, type.get(), (int) offset, port);
  }

  private Optional<Constant> numbers(Layer layer, ElementType type, int offset, Port port) {
    elements += port.elements();
    if (elements > MAX_ELEMENTS) {
      reject(
          layer,
          "is one constant too many",
          "together they have more than " + MAX_ELEMENTS + " numbers",
          "choose a smaller network");
      return Optional.empty();
    }
    ByteBuffer in = bin.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(offset);
    float[] values = new float[(int) port.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.next(in);
    }
    return Optional.of(new Constant(port.dims(), values));
  }

  private void checkEnd() {
    if (findings.isEmpty() && end < bin.capacity()) {
      findings.add(
          "",
          "reads the first " + end + " bytes of its .bin",
          "that has " + (bin.capacity() - end) + " more, so it may belong to another model",
          SAME);
    }
  }

  private void reject(Layer layer, String what, String why, String remedy) {
    Places.add(findings, layer, what, why, remedy);
  }
}
