package org.fovea.host.flash;

import java.util.List;
import java.util.Optional;

/** What tools cannot that know the chip but no board. */
final class Internal {
  private Internal() {}

  static Optional<String> obstacle(List<FlashImage> images) {
    return images.stream()
        .filter(i -> i.isExternal() || i.isLoaded())
        .findFirst()
        .map(
            i ->
                i.isLoaded()
                    ? "it is not known to start firmware in RAM and leave it running"
                    : "it cannot write " + i.region() + ", which is outside the chip");
  }
}
