package org.fovea.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import javax.imageio.ImageIO;

/** A Darknet detector of two convolutions for 32 x 32 pixels, as its two files. */
final class TinyDarknet {
  static final String CFG =
      """
      [net]
      width=32
      height=32
      channels=3
      [convolutional]
      batch_normalize=1
      filters=4
      size=3
      stride=1
      pad=1
      activation=leaky
      [maxpool]
      size=2
      stride=2
      [convolutional]
      filters=14
      size=1
      activation=linear
      [region]
      anchors=1,2, 3.5,4
      num=2
      classes=2
      softmax=1
      """;

  /** Biases, batch normalisation and weights. */
  static final int NUMBERS = 4 * 4 + 4 * 3 * 9 + 14 + 14 * 4;

  private TinyDarknet() {}

  static Path cfg(Path folder) throws IOException {
    return Files.writeString(folder.resolve("tiny.cfg"), CFG);
  }

  /** Darknet 0.2.5's header, and a number each. */
  static Path weights(Path folder, IntToDoubleFunction number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20 + 4 * NUMBERS).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0).putInt(2).putInt(5).putLong(0);
    for (int i = 0; i < NUMBERS; i++) {
      bytes.putFloat((float) number.applyAsDouble(i));
    }
    return Files.write(folder.resolve("tiny.weights"), bytes.array());
  }

  /** The same numbers each time, from 0.1 to 1.1. */
  static Path randomWeights(Path folder) throws IOException {
    Random random = new Random(1);
    return weights(folder, i -> 0.1f + random.nextFloat());
  }

  /** Quantised with two grey photos. */
  static Path quantised(Path folder) throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < 2; i++) {
      BufferedImage photo = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < 32 * 32; at++) {
        photo.setRGB(at % 32, at / 32, 0x010101 * ((at * (i + 3)) & 0xFF));
      }
      ImageIO.write(photo, "png", photos.resolve(i + ".png").toFile());
    }
    Path model = folder.resolve("tiny_int8.tflite");
    Cli.run("quantize", cfg(folder), randomWeights(folder), "--calibrate", photos, "-o", model)
        .succeeds();
    return model;
  }
}
