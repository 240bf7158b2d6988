package org.fovea.host.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes photos as PNG or JPEG. */
public final class PhotoWriter {
  private static final float JPEG_QUALITY = 0.92f;

  private PhotoWriter() {}

  /** As JPEG when the name ends in .jpg or .jpeg, as PNG otherwise. */
  public static void write(Photo photo, Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
    Files.write(file, jpeg ? jpeg(photo) : png(photo));
  }

  /** A whole PNG file. */
  public static byte[] png(Photo photo) {
    return encode(photo, "png");
  }

  /** A whole JPEG file. */
  public static byte[] jpeg(Photo photo) {
    return encode(photo, "jpeg");
  }

  private static byte[] encode(Photo photo, String format) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(buffered(photo), null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage buffered(Photo photo) {
    BufferedImage image =
        new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        int rgb = photo.value(x, y, 0) << 16 | photo.value(x, y, 1) << 8 | photo.value(x, y, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}
