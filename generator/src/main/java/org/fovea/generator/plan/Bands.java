package org.fovea.generator.plan;

import java.util.Arrays;

/**
 * Rows of layers in the order in which they are computed, in columns of numbers. The same rows may
 * come several times in a row, some channels each.
 */
final class Bands {
  private int size;
  private int[] layers = new int[64];
  private int[] firstRows = new int[64];
  private int[] rows = new int[64];
  private int[] firstChannels = new int[64];
  private int[] channels = new int[64];

  /** All channels. */
  void add(int layer, int firstRow, int count) {
    add(layer, firstRow, count, 0, Integer.MAX_VALUE);
  }

  /**
   * Some channels.
   *
   * @param channelCount of them; more than there are: all from the first on
   */
  void add(int layer, int firstRow, int count, int firstChannel, int channelCount) {
    if (size == layers.length) {
      layers = Arrays.copyOf(layers, 2 * size);
      firstRows = Arrays.copyOf(firstRows, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
      firstChannels = Arrays.copyOf(firstChannels, 2 * size);
      channels = Arrays.copyOf(channels, 2 * size);
    }
    layers[size] = layer;
    firstRows[size] = firstRow;
    rows[size] = count;
    firstChannels[size] = firstChannel;
    channels[size] = channelCount;
    size++;
  }

  int size() {
    return size;
  }

  int layer(int i) {
    return layers[i];
  }

  int firstRow(int i) {
    return firstRows[i];
  }

  int rows(int i) {
    return rows[i];
  }

  int endRow(int i) {
    return firstRows[i] + rows[i];
  }

  int firstChannel(int i) {
    return firstChannels[i];
  }

  int channels(int i) {
    return channels[i];
  }
}
