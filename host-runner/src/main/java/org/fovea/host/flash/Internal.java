package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/** What tools cannot that know the chip but no board. */
final class Internal {
  private Internal() {}

  static Optional<String> obstacle(List<FlashImage> images) {
    return images.stream()
        .filter(FlashImage::isExternal)
        .findFirst()
        .map(i -> "it cannot write " + i.region() + ", which is outside the chip");
  }
}
