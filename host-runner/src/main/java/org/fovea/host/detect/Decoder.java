package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.Output;

/** From the tensors of one inference to the objects on the photo, as the manifest's head says. */
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
    if (detector.head() instanceof Head.None) {
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
    if (detector.head() instanceof Head.Yolov2 head) {
      Output first = detector.outputs().get(head.parts().get(0).output());
      return decode(head, first, joined(head, outputs), placement);
    }
    return List.of();
  }

  /** All values of a cell's anchor side by side, whatever outputs they came in. */
  private static float[] joined(Head.Yolov2 head, List<float[]> outputs) {
    Head.Part first = head.parts().get(0);
    if (head.parts().size() == 1) {
      return outputs.get(first.output());
    }
    int boxes = outputs.get(first.output()).length / first.values();
    float[] tensor = new float[boxes * head.valuesPerAnchor()];
    int at = 0;
    for (Head.Part part : head.parts()) {
      float[] values = outputs.get(part.output());
      for (int box = 0; box < boxes; box++) {
        int to = box * head.valuesPerAnchor() + at;
        System.arraycopy(values, box * part.values(), tensor, to, part.values());
      }
      at += part.values();
    }
    return tensor;
  }

  List<Detection> decode(Head.Yolov2 head, Output output, float[] tensor, Placement placement) {
    int height = detector.input().height();
    int width = detector.input().width();
    List<Candidate> candidates =
        new Yolov2Decoder(head, output.shape(), height, width).candidates(tensor);
    List<Detection> detections = new ArrayList<>();
    for (Candidate kept :
        Suppression.suppress(candidates, head.iouThreshold(), head.maxDetections())) {
      Box box = onPhoto(kept.box(), height, width, placement);
      if (box.left() >= box.right() || box.top() >= box.bottom()) {
        continue;
      }
      String label = detector.label(kept.classIndex());
      detections.add(new Detection(kept.classIndex(), label, kept.score(), box));
    }
    return detections;
  }

  private static Box onPhoto(Box box, int height, int width, Placement placement) {
    return new Box(
        clip(placement.photoX(box.left() * width), placement.photoWidth()),
        clip(placement.photoY(box.top() * height), placement.photoHeight()),
        clip(placement.photoX(box.right() * width), placement.photoWidth()),
        clip(placement.photoY(box.bottom() * height), placement.photoHeight()));
  }

  private static double clip(double value, int most) {
    return Math.max(0, Math.min(most, value));
  }
}
