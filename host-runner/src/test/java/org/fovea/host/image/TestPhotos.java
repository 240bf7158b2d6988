package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/** Photos made up for tests. */
public final class TestPhotos {
  private TestPhotos() {}

  public static ImageInput input(String name, Input input) {
    byte[] rgb = new byte[64 * 48 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i % 233);
    }
    return ImageInput.of(name, new Photo(64, 48, rgb), input);
  }
}
