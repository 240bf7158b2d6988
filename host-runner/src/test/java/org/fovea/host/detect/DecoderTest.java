package org.fovea.host.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.host.Deployments;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.GoldenPlacement;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Deployment;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final int VALUES = 6;
  private final Placement placement = GoldenPlacement.square(4, 100);

  /** A 4 x 4 input with 2 x 2 cells and two anchors, all boxes far below the threshold. */
  private static float[] quiet() {
    float[] tensor = new float[48];
    for (int at = 4; at < tensor.length; at += VALUES) {
      tensor[at] = -20;
    }
    return tensor;
  }

  private List<Detection> decode(Deployment deployment, float[] tensor) {
    return new Decoder(deployment).decodeReal(List.of(tensor), placement);
  }

  private static Deployment square(String unit) {
    return Deployments.edited(
        root -> {
          ((ObjectNode) root.get("input")).put("width", 4);
          ((ObjectNode) root.at("/heads/0")).put("anchor_unit", unit);
        });
  }

  @Test
  void anchorUnitsMeanWhatTheySay() {
    float[] tensor = quiet();
    tensor[VALUES + 4] = 20;
    Box cells = decode(square("cells"), tensor).get(0).box();
    assertThat(cells).isEqualTo(new Box(12.5, 12.5, 37.5, 37.5));
    Box pixels = decode(square("pixels"), tensor).get(0).box();
    assertThat(pixels).isEqualTo(new Box(18.75, 18.75, 31.25, 31.25));
    Box image = decode(square("image"), tensor).get(0).box();
    assertThat(image).isEqualTo(new Box(0, 0, 50, 50));
  }

  @Test
  void suppressionIsPerClassBestFirstTiesByIndex() {
    Box box = new Box(0, 0, 1, 1);
    Box near = new Box(0, 0, 1, 0.9);
    Box far = new Box(5, 5, 6, 6);
    List<Candidate> kept =
        Suppression.suppress(
            List.of(
                new Candidate(0, 0, 0.6, near),
                new Candidate(1, 0, 0.9, box),
                new Candidate(2, 1, 0.9, near),
                new Candidate(3, 0, 0.7, far)),
            0.5,
            100);
    assertThat(kept).extracting(Candidate::index).containsExactly(1, 2, 3);
  }

  @Test
  void anOverlapOfExactlyTheThresholdStays() {
    List<Candidate> kept =
        Suppression.suppress(
            List.of(
                new Candidate(0, 0, 0.9, new Box(0, 0, 2, 1)),
                new Candidate(1, 0, 0.8, new Box(0, 0, 1, 1))),
            0.5,
            100);
    assertThat(kept).hasSize(2);
  }

  @Test
  void hostileValuesEndInNoBox() {
    float[] tensor = quiet();
    Arrays.fill(tensor, Float.NaN);
    assertThat(decode(square("cells"), tensor)).isEmpty();
    Arrays.fill(tensor, Float.POSITIVE_INFINITY);
    assertThat(decode(square("cells"), tensor)).isEmpty();
    Arrays.fill(tensor, 1e30f);
    assertThat(decode(square("cells"), tensor)).isEmpty();
  }

  @Test
  void softmaxOfHugeLogitsStaysStable() {
    Deployment threeClasses =
        Deployments.edited(
            root -> {
              ((ObjectNode) root.at("/heads/0")).put("values_per_anchor", 12);
              ((ObjectNode) root.at("/heads/0")).set("anchors", Deployments.json("[[1,1]]"));
            });
    float[] tensor = new float[48];
    tensor[4] = 20;
    tensor[5 + 3] = 1e4f;
    Detection found = decode(threeClasses, tensor).get(0);
    assertThat(found.classIndex()).isEqualTo(3);
    assertThat(found.label()).isEqualTo("class 3");
    assertThat(found.score()).isCloseTo(1, within(1e-6));
  }

  /** The sample's head, its 6 values an anchor in four outputs of 2, 2, 1 and 1. */
  private static Deployment split() {
    return Deployments.edited(
        root -> {
          ((ObjectNode) root.get("input")).put("width", 4);
          ObjectNode head = (ObjectNode) root.at("/heads/0");
          head.remove("output");
          head.set("outputs", Deployments.json("{'xy':2,'wh':0,'objectness':3,'classes':1}"));
          root.set(
              "outputs",
              Deployments.json(
                  "[%s,%s,%s,%s]".formatted(output(4), output(2), output(4), output(2))));
        });
  }

  private static String output(int channels) {
    return "{'name':'part','shape':[1,2,2,%d],'bytes':%d,'model_type':'int8','scale':%s,'zero_point':1}"
        .formatted(channels, 4 * channels, channels / 8.);
  }

  @Test
  void aSplitHeadGivesTheBoxesOfTheWholeOne() {
    Random random = new Random(3);
    float[] whole = new float[48];
    List<float[]> parts = List.of(new float[16], new float[8], new float[16], new float[8]);
    for (int at = 0; at < whole.length; at++) {
      whole[at] = (float) random.nextGaussian() * 2;
      int box = at / VALUES;
      switch (at % VALUES) {
        case 0, 1 -> parts.get(2)[box * 2 + at % VALUES] = whole[at];
        case 2, 3 -> parts.get(0)[box * 2 + at % VALUES - 2] = whole[at];
        case 4 -> parts.get(3)[box] = whole[at];
        default -> parts.get(1)[box] = whole[at];
      }
    }
    List<Detection> wanted = new Decoder(square("cells")).decodeReal(List.of(whole), placement);
    assertThat(wanted).hasSizeGreaterThan(2);
    assertThat(new Decoder(split()).decodeReal(parts, placement)).isEqualTo(wanted);
  }

  @Test
  void eachPartHasItsOwnScale() {
    byte[] xy = new byte[16];
    byte[] wh = new byte[16];
    byte[] objectness = new byte[8];
    byte[] classes = new byte[8];
    Arrays.fill(xy, (byte) 1);
    Arrays.fill(objectness, (byte) -120);
    Arrays.fill(classes, (byte) 1);
    Arrays.fill(wh, (byte) 1);
    objectness[0] = 127;
    wh[0] = 3;
    Deployment deployment = split();
    List<Detection> found =
        new Decoder(deployment)
            .decode(
                List.of(Bytes.of(wh), Bytes.of(classes), Bytes.of(xy), Bytes.of(objectness)),
                placement);
    assertThat(found).hasSize(1);
    double half = 25 * Math.exp(2 * 0.5);
    assertThat(found.get(0).box().right()).isCloseTo(25 + half, within(1e-6));
    assertThat(found.get(0).box().bottom()).isCloseTo(25 + 37.5, within(1e-6));
  }

  @Test
  void dequantisesAndWritesJson() {
    Deployment deployment = square("cells");
    byte[] tensor = new byte[48];
    Arrays.fill(tensor, (byte) 1);
    for (int at = 4; at < tensor.length; at += VALUES) {
      tensor[at] = -128;
    }
    tensor[4] = 127;
    List<Detection> found = new Decoder(deployment).decode(List.of(Bytes.of(tensor)), placement);
    assertThat(DetectionsJson.of(found))
        .hasToString(
            "[{\"class\":0,\"label\":\"person\",\"score\":1.000000,"
                + "\"box\":[0.00,0.00,50.00,62.50]}]");
  }
}
