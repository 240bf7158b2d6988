package org.fovea.host.scene;

/** Colours of signs, 0xRRGGBB, as they look in even daylight. */
final class Paint {
  static final int RED = 0xB81C2B;
  static final int WHITE = 0xF2F2EE;
  static final int BLACK = 0x16161A;
  static final int BLUE = 0x0F4FA8;
  static final int YELLOW = 0xF3C20B;
  static final int GREEN = 0x0E7A46;
  static final int ORANGE = 0xE2711D;
  static final int GREY = 0x8C8F93;
  static final int BROWN = 0x6B4226;
  static final int AMBER = 0xF0A010;

  private Paint() {}
}
