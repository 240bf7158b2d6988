package org.fovea.host.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.fovea.host.manifest.Input;

/**
 * A picture as the network takes it: the tensor's bytes, the photo to draw on, and where the photo
 * lies on the tensor.
 */
public final class ImageInput {
  private final String name;
  private final Photo photo;
  private final Placement placement;
  private final byte[] tensor;

  private ImageInput(String name, Photo photo, Placement placement, byte[] tensor) {
    this.name = name;
    this.photo = photo;
    this.placement = placement;
    this.tensor = tensor;
  }

  /**
   * Reads a JPEG, PNG or BMP and brings it to the input's form, or takes an {@code .npy} as it is.
   *
   * @throws org.fovea.host.fault.ImageRejected when the file is no picture or not of this input
   */
  public static ImageInput read(Path file, Input input) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return ofTensor(name, NpyReader.read(file, input), input);
    }
    return of(name, PhotoReader.read(file), input);
  }

  /** Brings a photo to the input's form. */
  static ImageInput of(String name, Photo photo, Input input) {
    Placement placement = Placement.of(photo.width(), photo.height(), input);
    Photo scaled = Resizer.resize(photo, placement.width(), placement.height(), input.resample());
    byte[] tensor =
        input.isCamera() ? frame(scaled, placement, input) : tensor(scaled, placement, input);
    return new ImageInput(name, photo, placement, tensor);
  }

  /** An image that is there already as it is sent; its photo is what it shows. */
  public static ImageInput ofTensor(String name, byte[] tensor, Input input) {
    Placement placement = Placement.identity(input.width(), input.height());
    return new ImageInput(name, TensorView.photo(tensor, input), placement, tensor);
  }

  public String name() {
    return name;
  }

  /** The original; for a raw tensor the picture that it holds. */
  public Photo photo() {
    return photo;
  }

  public Placement placement() {
    return placement;
  }

  /** The image as it is sent: {@link Input#bytes()} bytes. */
  public byte[] tensor() {
    return tensor.clone();
  }

  /** The same picture as a camera would have given it. */
  private static byte[] frame(Photo scaled, Placement placement, Input input) {
    byte[] rgb = new byte[input.height() * input.width() * Photo.CHANNELS];
    Arrays.fill(rgb, (byte) input.padPixel());
    int bytes = scaled.width() * Photo.CHANNELS;
    byte[] from = scaled.copyOfRgb();
    for (int y = 0; y < scaled.height(); y++) {
      int to = (y + placement.top()) * input.width() + placement.left();
      System.arraycopy(from, y * bytes, rgb, to * Photo.CHANNELS, bytes);
    }
    return CameraPixels.encode(input.pixels(), rgb);
  }

  private static byte[] tensor(Photo scaled, Placement placement, Input input) {
    PixelTable table = new PixelTable(input);
    byte[] tensor = new byte[input.bytes()];
    for (int c = 0; c < input.channels(); c++) {
      byte pad = table.of(c, input.padPixel());
      for (int at = c; at < tensor.length; at += input.channels()) {
        tensor[at] = pad;
      }
    }
    for (int y = 0; y < scaled.height(); y++) {
      int at = (y + placement.top()) * input.rowBytes() + placement.left() * input.channels();
      for (int x = 0; x < scaled.width(); x++) {
        for (int c = 0; c < input.channels(); c++) {
          tensor[at++] = table.of(c, pixel(scaled, x, y, c, input));
        }
      }
    }
    return tensor;
  }

  private static int pixel(Photo photo, int x, int y, int channel, Input input) {
    if (input.channels() == 1) {
      return grey(photo, x, y);
    }
    int last = Photo.CHANNELS - 1;
    boolean bgr = input.colorOrder() == Input.ColorOrder.BGR;
    return photo.value(x, y, bgr ? last - channel : channel);
  }

  /** BT.601 luma in integers, as OpenCV and Pillow weigh it. */
  private static int grey(Photo photo, int x, int y) {
    int sum = 299 * photo.value(x, y, 0) + 587 * photo.value(x, y, 1) + 114 * photo.value(x, y, 2);
    return (sum + 500) / 1000;
  }
}
