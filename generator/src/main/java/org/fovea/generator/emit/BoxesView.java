package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.lower.Network;

/**
 * What fv_head.c says of a model's heads.
 *
 * @param model safe in a comment
 * @param tables of all heads, each once
 * @param most boxes
 */
public record BoxesView(
    String model,
    List<String> provenance,
    int runtimeAbi,
    List<HeadTables.Table> tables,
    List<HeadView> heads,
    int most,
    String scoreThreshold,
    String iouThreshold) {

  static BoxesView of(
      String model, List<String> provenance, Firmware.Boxes boxes, Network network) {
    HeadTables tables = new HeadTables();
    List<HeadView> heads = new ArrayList<>();
    for (Manifest.Grid grid : boxes.grids()) {
      heads.add(HeadView.of(grid, heads.size(), boxes.thresholds().score(), network, tables));
    }
    return new BoxesView(
        model,
        provenance,
        Version.RUNTIME_ABI,
        tables.all(),
        heads,
        boxes.thresholds().maxDetections(),
        CLiteral.real((float) boxes.thresholds().score()),
        CLiteral.real((float) boxes.thresholds().iou()));
  }
}
