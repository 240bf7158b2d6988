package org.fovea.host.scene;

import org.fovea.host.image.Photo;

/** A square part of a photograph, brought to the frame's size by area averages. */
record PhotoBackdrop(Photo photo) implements Backdrop {
  @Override
  public void paint(Frame frame, Dice dice) {
    int size = frame.size();
    int shorter = Math.min(photo.width(), photo.height());
    int side = Math.max(Math.min(shorter, size), (int) (shorter * dice.between(0.4, 1)));
    int left = dice.below(photo.width() - side + 1);
    int top = dice.below(photo.height() - side + 1);
    int[] values = frame.values();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int c = 0; c < 3; c++) {
          values[(y * size + x) * 3 + c] =
              average(
                  c,
                  left + x * side / size,
                  top + y * side / size,
                  left + (x + 1) * side / size,
                  top + (y + 1) * side / size);
        }
      }
    }
  }

  private int average(int channel, int left, int top, int right, int bottom) {
    int sum = 0;
    int count = 0;
    for (int y = top; y < Math.max(top + 1, bottom); y++) {
      for (int x = left; x < Math.max(left + 1, right); x++) {
        sum += photo.value(x, y, channel);
        count++;
      }
    }
    return sum * 16 / count;
  }
}
