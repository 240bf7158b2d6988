package org.fovea.generator.plan;

/** How the image reaches the network. */
public enum InputMode {
  /** Row by row, each when the network asks for it; only some rows are held. */
  ROWS,
  /** As a whole, before the first step; its rows may be overwritten once they are used. */
  FRAME
}
