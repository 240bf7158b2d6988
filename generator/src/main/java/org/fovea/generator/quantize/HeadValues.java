package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.card.Head;

/** What the float model gave for a head, cells and anchors outermost, also where it is split. */
final class HeadValues {
  private HeadValues() {}

  /** One array an image. */
  static List<float[]> of(Calibration calibration, Head.Grid grid) {
    List<List<float[]>> parts =
        grid.parts().stream()
            .map(part -> calibration.graph().outputs().get(part.output()))
            .map(calibration.outputs()::get)
            .toList();
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < parts.get(0).size(); i++) {
      int image = i;
      images.add(joined(grid, parts.stream().map(part -> part.get(image)).toList()));
    }
    return images;
  }

  static float[] joined(Head.Grid grid, List<float[]> parts) {
    if (!grid.isSplit()) {
      return parts.get(0);
    }
    int boxes = parts.get(0).length / grid.parts().get(0).values();
    float[] all = new float[boxes * grid.valuesPerAnchor()];
    for (Head.Part part : grid.parts()) {
      float[] own = parts.get(grid.parts().indexOf(part));
      for (int box = 0; box < boxes; box++) {
        int to = box * grid.valuesPerAnchor() + part.first();
        System.arraycopy(own, box * part.values(), all, to, part.values());
      }
    }
    return all;
  }
}
