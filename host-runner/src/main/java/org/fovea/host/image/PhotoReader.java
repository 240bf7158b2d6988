package org.fovea.host.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.fovea.host.fault.ImageRejected;

/**
 * Reads JPEG, PNG and BMP. Upright by the EXIF orientation; alpha is dropped and colour profiles
 * are ignored, as the vision libraries that train the networks do.
 */
public final class PhotoReader {
  private static final int MAX_SIDE = 16_384;
  private static final long MAX_PIXELS = 50_000_000;
  private static final Set<String> FORMATS = Set.of("jpeg", "png", "bmp");

  private PhotoReader() {}

  /**
   * @throws ImageRejected when the file is no such picture, or too large
   */
  public static Photo read(Path file) {
    byte[] bytes = BoundedFile.read(file);
    try {
      Photo photo = rgb(decode(bytes, file.toString()));
      return Orientation.ofJpeg(bytes).upright(photo);
    } catch (ImageRejected e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer broken files with any exception.
      throw rejected(file.toString(), "cannot be decoded: " + e.getMessage());
    }
  }

  /** Width and height of the upright photo, from its header. */
  static int[] size(byte[] bytes, Path file) {
    try {
      int[] stored =
          withReader(bytes, file.toString(), r -> new int[] {r.getWidth(0), r.getHeight(0)});
      return Orientation.ofJpeg(bytes).isOnItsSide() ? new int[] {stored[1], stored[0]} : stored;
    } catch (ImageRejected e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw rejected(file.toString(), "cannot be decoded: " + e.getMessage());
    }
  }

  private static BufferedImage decode(byte[] bytes, String where) throws IOException {
    return withReader(bytes, where, reader -> reader.read(0));
  }

  private interface Work<T> {
    T on(ImageReader reader) throws IOException;
  }

  private static <T> T withReader(byte[] bytes, String where, Work<T> work) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      while (readers.hasNext()) {
        ImageReader reader = readers.next();
        try {
          if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
            reader.setInput(in, true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0), where);
            return work.on(reader);
          }
        } finally {
          reader.dispose();
        }
      }
    }
    throw rejected(where, "is no JPEG, PNG or BMP");
  }

  private static void checkSize(int width, int height, String where) {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw rejected(where, "has " + width + " x " + height + " pixels, more than 50 million");
    }
  }

  private static Photo rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[width * height * Photo.CHANNELS];
    boolean plain = isPlain(image.getColorModel());
    Raster raster = image.getRaster();
    int[] line = new int[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      if (plain) {
        plainRow(raster.getPixels(0, y, width, 1, line), raster.getNumBands(), rgb, y * width);
      } else {
        convertedRow(image.getRGB(0, y, width, 1, null, 0, width), rgb, y * width);
      }
    }
    return new Photo(width, height, rgb);
  }

  /** 8-bit grey or RGB samples, with or without alpha: taken as they are. */
  private static boolean isPlain(ColorModel model) {
    int type = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && model.getComponentSize(0) == 8
        && (type == ColorSpace.TYPE_RGB || type == ColorSpace.TYPE_GRAY);
  }

  private static void plainRow(int[] line, int bands, byte[] rgb, int pixel) {
    boolean grey = bands < Photo.CHANNELS;
    for (int x = 0; x * bands < line.length; x++) {
      for (int c = 0; c < Photo.CHANNELS; c++) {
        rgb[(pixel + x) * Photo.CHANNELS + c] = (byte) line[x * bands + (grey ? 0 : c)];
      }
    }
  }

  private static void convertedRow(int[] argb, byte[] rgb, int pixel) {
    for (int x = 0; x < argb.length; x++) {
      for (int c = 0; c < Photo.CHANNELS; c++) {
        rgb[(pixel + x) * Photo.CHANNELS + c] = (byte) (argb[x] >> (16 - 8 * c));
      }
    }
  }

  private static ImageRejected rejected(String where, String what) {
    return new ImageRejected(
        where,
        what,
        "Only pictures that can be decoded whole are sent to a board",
        "Name a JPEG, PNG or BMP that other programs can show, or an .npy tensor");
  }
}
