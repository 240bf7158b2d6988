package org.fovea.host.image;

import java.nio.file.Path;
import org.fovea.host.manifest.Input;

/** A photo made small for a page. */
public final class Thumbnail {
  private Thumbnail() {}

  /**
   * Reads a photo and shrinks it so that no side is longer than {@code longest} pixels; a smaller
   * one stays as it is.
   *
   * @throws org.fovea.host.fault.ImageRejected when the file is no picture
   */
  public static Photo read(Path file, int longest) {
    return of(PhotoReader.read(file), longest);
  }

  /** The same of a photo that was read. */
  public static Photo of(Photo photo, int longest) {
    double scale = Math.min(1, longest / (double) Math.max(photo.width(), photo.height()));
    return Resizer.resize(
        photo,
        Math.max(1, (int) Math.round(photo.width() * scale)),
        Math.max(1, (int) Math.round(photo.height() * scale)),
        Input.Resample.BILINEAR_ANTIALIAS);
  }
}
