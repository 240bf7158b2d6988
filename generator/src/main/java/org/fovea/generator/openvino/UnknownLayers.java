package org.fovea.generator.openvino;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.fovea.generator.fault.FileFindings;

/** Types of layers that Fovea does not carry over: one finding each, at the first of them. */
final class UnknownLayers {
  /**
   * Operation sets of the releases of 2020 to 2023, with room for additions that change nothing.
   */
  private static final Pattern OPSET = Pattern.compile("opset([1-9]|1[0-5])");

  private UnknownLayers() {}

  static boolean isKnown(Layer layer) {
    return LayerType.isImported(layer.type()) && OPSET.matcher(layer.opset()).matches();
  }

  static void reject(Wiring wiring, Constants constants, boolean[] needed, FileFindings findings) {
    Map<String, Integer> first = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < needed.length; i++) {
      Layer layer = wiring.layer(i);
      if (needed[i] && !isKnown(layer) && constants.of(new Source(i, 0)).isEmpty()) {
        String type = layer.type() + " " + layer.opset();
        first.putIfAbsent(type, i);
        counts.merge(type, 1, Integer::sum);
      }
    }
    first.forEach(
        (type, layer) ->
            Places.add(
                findings,
                wiring.layer(layer),
                "is of a type that Fovea does not carry over: "
                    + FileFindings.quote(type)
                    + ", "
                    + counts.get(type)
                    + (counts.get(type) == 1 ? " layer" : " layers"),
                LayerType.isImported(wiring.layer(layer).type())
                    ? "Fovea knows it of the operation sets opset1 to opset15"
                    : "docs/OPENVINO.md lists those that it does",
                "fovea inspect counts the whole model; take one of other layers for a board"));
  }
}
