package org.fovea.host.scene;

/** Value noise of several octaves, drawn once: tiles without seams. */
final class Grain {
  private static final int SIZE = 256;
  private static final int TILES = 6;
  private static final byte[][] BANK = bank();

  private final byte[] tile;
  private final int x;
  private final int y;
  private final int zoom;

  private Grain(byte[] tile, int x, int y, int zoom) {
    this.tile = tile;
    this.x = x;
    this.y = y;
    this.zoom = zoom;
  }

  /** A part of the bank, at a size of its own. */
  static Grain of(Dice dice) {
    return new Grain(
        BANK[dice.below(TILES)], dice.below(SIZE), dice.below(SIZE), dice.between(3, 24));
  }

  /** -128 .. 127 at a pixel. */
  int at(int px, int py) {
    int tx = x + ((px * zoom) >> 3);
    int ty = y + ((py * zoom) >> 3);
    return tile[(ty & (SIZE - 1)) * SIZE + (tx & (SIZE - 1))];
  }

  private static byte[][] bank() {
    byte[][] bank = new byte[TILES][];
    for (int i = 0; i < TILES; i++) {
      bank[i] = tile(Dice.of(0x6772_6169_6EL, i), 96 + 24 * i);
    }
    return bank;
  }

  /** Octaves from 128 pixels down to 2; each weighs {@code persistence}/256 of the one before. */
  private static byte[] tile(Dice dice, int persistence) {
    int[] sum = new int[SIZE * SIZE];
    int weight = 1 << 12;
    int total = 0;
    for (int cell = 128; cell >= 2; cell /= 2) {
      octave(dice, cell, weight, sum);
      total += weight;
      weight = (weight * persistence) >> 8;
    }
    byte[] tile = new byte[SIZE * SIZE];
    for (int i = 0; i < tile.length; i++) {
      tile[i] = (byte) Math.max(-128, Math.min(127, 2 * (sum[i] / total)));
    }
    return tile;
  }

  private static void octave(Dice dice, int cell, int weight, int[] sum) {
    int cells = SIZE / cell;
    int[] corners = new int[cells * cells];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = dice.below(256) - 128;
    }
    for (int y = 0; y < SIZE; y++) {
      int row = y / cell;
      int below = (row + 1) % cells;
      int fy = y % cell;
      for (int x = 0; x < SIZE; x++) {
        int column = x / cell;
        int next = (column + 1) % cells;
        int fx = x % cell;
        int upper = mix(corners[row * cells + column], corners[row * cells + next], fx, cell);
        int lower = mix(corners[below * cells + column], corners[below * cells + next], fx, cell);
        sum[y * SIZE + x] += mix(upper, lower, fy, cell) * weight;
      }
    }
  }

  private static int mix(int a, int b, int share, int of) {
    return a + (b - a) * share / of;
  }
}
