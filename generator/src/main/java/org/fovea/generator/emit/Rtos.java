package org.fovea.generator.emit;

/** What schedules the link and the inference on the device. */
public enum Rtos {
  BARE(0, "bare", "bare metal"),
  FREERTOS(1, "freertos", "FreeRTOS");

  private final int code;

  private final String id;
  private final String title;

  Rtos(int code, String id, String title) {
    this.code = code;
    this.id = id;
    this.title = title;
  }

  /** As in the HELLO answer of docs/PROTOCOL.md. */
  int code() {
    return code;
  }

  /** As in options, folders and the manifest. */
  public String id() {
    return id;
  }

  public String title() {
    return title;
  }
}
