package org.fovea.generator.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Shape;

/**
 * Places in a layer's output, some in each image, with what the float model has there.
 *
 * <p>The same model and images give the same places.
 */
final class Samples {
  private static final int WANTED = 4096;
  private static final int LEAST = 1024;
  private static final double MOST_WORK = 0x1p32;

  /** Of all windows together. */
  private static final long MOST_NUMBERS = 1 << 26;

  private final int[][] places;
  private final float[][] values;
  private final int filters;

  private Samples(int[][] places, int filters) {
    this.places = places;
    this.filters = filters;
    this.values = new float[places.length][];
  }

  /**
   * Half of them spread evenly, half where there is something to see.
   *
   * @param image number of the calibration image that each one is
   */
  static Samples of(Graph graph, Layer layer, int[] image, Attention attention) {
    int images = image.length;
    Shape out = graph.tensor(layer.output()).shape();
    int cells = out.height() * out.width();
    double work = (double) layer.filters(graph) * layer.columns(graph);
    double affordable = layer.depthwise() ? WANTED : MOST_WORK / work;
    int wanted = (int) Math.max(LEAST, Math.min(WANTED, affordable));
    long inputs = (long) layer.columns(graph) * (layer.depthwise() ? out.channels() : 1);
    wanted = (int) Math.max(1, Math.min(wanted, MOST_NUMBERS / inputs));
    int each = Math.min(cells, (wanted + images - 1) / images);
    int[][] places = new int[images][];
    for (int i = 0; i < images; i++) {
      SplittableRandom random = new SplittableRandom(layer.index() * 1_000_003L + i);
      places[i] = spread(cells, each, random);
      for (int k = 0; k < each; k += 2) {
        places[i][k] = attention.place(image[i], out, random).orElse(places[i][k]);
      }
    }
    return new Samples(places, out.channels());
  }

  /** One place in each of as many equal stretches. */
  private static int[] spread(int cells, int count, SplittableRandom random) {
    int[] places = new int[count];
    for (int k = 0; k < count; k++) {
      int from = (int) ((long) cells * k / count);
      int to = (int) ((long) cells * (k + 1) / count);
      places[k] = random.nextInt(from, to);
    }
    return places;
  }

  /** Keeps what is wanted of an image's output. */
  void take(int image, float[] output) {
    float[] kept = new float[places[image].length * filters];
    for (int k = 0; k < places[image].length; k++) {
      System.arraycopy(output, places[image][k] * filters, kept, k * filters, filters);
    }
    values[image] = kept;
  }

  int count() {
    return Arrays.stream(places).mapToInt(p -> p.length).sum();
  }

  int[] places(int image) {
    return places[image].clone();
  }

  /** One column a filter, the samples of all images one after another. */
  float[][] byFilter() {
    float[][] columns = new float[filters][count()];
    int at = 0;
    for (float[] image : values) {
      for (int k = 0; k < image.length / filters; k++, at++) {
        for (int f = 0; f < filters; f++) {
          columns[f][at] = image[k * filters + f];
        }
      }
    }
    return columns;
  }
}
