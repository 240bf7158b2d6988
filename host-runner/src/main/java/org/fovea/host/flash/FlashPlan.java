package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/**
 * What is written, in this order, and what must be on the board already.
 *
 * @param bootLoader that must be there; empty where nothing else is needed, or an image brings it
 */
public record FlashPlan(List<FlashImage> images, Optional<BootLoader> bootLoader) {
  public FlashPlan {
    images = List.copyOf(images);
  }

  /** Images that need nothing else. */
  public static FlashPlan of(List<FlashImage> images) {
    return new FlashPlan(images, Optional.empty());
  }
}
