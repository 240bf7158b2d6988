package org.fovea.generator.board;

import java.util.Locale;

/** What the firmware runs on. */
public enum Rtos {
  BARE("bare metal"),
  FREERTOS("FreeRTOS"),
  LINUX("Linux");

  private final String title;

  Rtos(String title) {
    this.title = title;
  }

  /** As in options, folders and the manifest. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String title() {
    return title;
  }
}
