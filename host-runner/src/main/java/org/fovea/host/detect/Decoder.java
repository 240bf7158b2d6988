package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.frame.BoardBox;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.Thresholds;

/** From the tensors of one inference to the objects on the photo, as the manifest's heads say. */
public final class Decoder {
  private final Detector detector;

  public Decoder(Deployment deployment) {
    this(deployment.detector());
  }

  public Decoder(Detector detector) {
    this.detector = detector;
  }

  /**
   * Decodes, suppresses, and brings the boxes to the photo; those wholly beside it are dropped.
   *
   * @param outputs int8 tensors as the device sends them, in the manifest's order
   * @return best first; empty when the manifest has no head
   */
  public List<Detection> decode(List<Bytes> outputs, Placement placement) {
    if (!detector.hasBoxes()) {
      return List.of();
    }
    List<float[]> reals = new ArrayList<>();
    for (int o = 0; o < outputs.size(); o++) {
      reals.add(Dequantizer.floats(outputs.get(o), detector.outputs().get(o)));
    }
    return decodeReal(reals, placement);
  }

  /**
   * The same for a model whose outputs are real numbers.
   *
   * @param outputs in the manifest's order
   */
  public List<Detection> decodeReal(List<float[]> outputs, Placement placement) {
    return detections(kept(outputs), placement);
  }

  private List<Detection> detections(List<Candidate> all, Placement placement) {
    List<Detection> detections = new ArrayList<>();
    for (Candidate kept : all) {
      Box box = onPhoto(kept.box(), placement);
      if (box.left() >= box.right() || box.top() >= box.bottom()) {
        continue;
      }
      String label = detector.label(kept.classIndex());
      detections.add(new Detection(kept.classIndex(), label, kept.score(), box));
    }
    return detections;
  }

  /**
   * Boxes of all grids hide each other, whichever grid they are of. Finished rows have been through
   * that: they stay.
   */
  private List<Candidate> kept(List<float[]> outputs) {
    Thresholds thresholds = detector.thresholds();
    List<Candidate> raw = new ArrayList<>();
    List<Candidate> finished = new ArrayList<>();
    int index = 0;
    for (Head head : detector.heads()) {
      if (head instanceof Head.Grid grid) {
        raw.addAll(
            new GridDecoder(grid, detector.input()).candidates(outputs, index, thresholds.score()));
        index += grid.boxes();
      } else if (head instanceof Head.Rows rows) {
        float[] tensor = outputs.get(rows.output());
        finished.addAll(RowsDecoder.candidates(rows, tensor, index, thresholds.score()));
        index += RowsDecoder.rows(tensor);
      }
    }
    List<Candidate> all =
        new ArrayList<>(Suppression.suppress(raw, thresholds.iou(), thresholds.maxDetections()));
    all.addAll(finished);
    return all.stream().sorted(Candidate.BEST_FIRST).limit(thresholds.maxDetections()).toList();
  }

  /**
   * What the device found, on the photo; boxes wholly beside it are dropped.
   *
   * @param boxes best first
   */
  public List<Detection> located(List<BoardBox> boxes, Placement placement) {
    List<Candidate> kept = new ArrayList<>();
    for (BoardBox b : boxes) {
      Box box = new Box(b.left(), b.top(), b.right(), b.bottom());
      kept.add(new Candidate(kept.size(), b.classIndex(), b.score(), box));
    }
    return detections(kept, placement);
  }

  private Box onPhoto(Box box, Placement placement) {
    Input input = detector.input();
    return new Box(
        clip(placement.photoX(box.left() * input.width()), placement.photoWidth()),
        clip(placement.photoY(box.top() * input.height()), placement.photoHeight()),
        clip(placement.photoX(box.right() * input.width()), placement.photoWidth()),
        clip(placement.photoY(box.bottom() * input.height()), placement.photoHeight()));
  }

  private static double clip(double value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
