package org.fovea.generator.plan;

/** What a stretch of the device's memory is for, with the linker section that holds it. */
public enum Purpose {
  CODE(".text", "code and constants"),
  TABLES(".fv_tables", "tables"),
  /** One section for each region that holds any. */
  WEIGHTS(".fv_weights", "weights"),
  /** Where startup takes those weights from that it copies. */
  ORIGINALS(".fv_weights", "originals of copied weights"),
  ACTIVATIONS(".fv_arena", "activations and scratch"),
  LINK(".fv_link", "link buffers"),
  /** Of the HAL of an STM32Cube project, in memory that its DMA reaches. */
  DMA(".fv_dma", "DMA buffers"),
  /** In the flash that a second core starts from. */
  SECOND_CORE(".fv_second_core", "idle loop of the second core"),
  STACKS(".fv_stacks", "stacks"),
  DATA(".bss", "variables"),
  /** Of an engine, which loads it: no section of the firmware. */
  NETWORK("compiled", "compiled network");

  private final String section;
  private final String title;

  Purpose(String section, String title) {
    this.section = section;
    this.title = title;
  }

  public String section() {
    return section;
  }

  public String title() {
    return title;
  }

  /** Whether it only has to be readable while the device runs. */
  public boolean isConstant() {
    return switch (this) {
      case CODE, TABLES, WEIGHTS, ORIGINALS, SECOND_CORE, NETWORK -> true;
      case ACTIVATIONS, LINK, DMA, STACKS, DATA -> false;
    };
  }
}
