package org.fovea.generator.lower;

import java.util.List;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.PixelFormat;

/**
 * Where the input's rows come from when a camera gives them: its format, and what the network makes
 * of 8-bit colours. The real value of channel c is {@code pixel * pixelScale[c] + pixelOffset[c]}.
 *
 * @param blueFirst whether blue is the network's channel 0, not red
 * @param pixelScale one a channel, in the network's order
 * @param pixelOffset one a channel, in the network's order
 */
public record PixelSource(
    PixelFormat format, boolean blueFirst, List<Double> pixelScale, List<Double> pixelOffset) {
  public static final int CHANNELS = 3;
  private static final int VALUES = 256;

  public PixelSource {
    pixelScale = List.copyOf(pixelScale);
    pixelOffset = List.copyOf(pixelOffset);
    if (pixelScale.size() != CHANNELS || pixelOffset.size() != CHANNELS) {
      throw new IllegalArgumentException("three channels are needed");
    }
  }

  /** The kernel that makes the input's int8 rows. */
  Kernel.Pixels kernel(Network.Input input) {
    return new Kernel.Pixels(format, input.shape().width(), blueFirst, table(input));
  }

  /**
   * The int8 value of each pixel value, channel by channel. The scale is taken as deployment.json
   * writes it, so that a host that quantises by itself comes to the same table.
   */
  private ConstData table(Network.Input input) {
    boolean unsigned = input.type() == DataType.UINT8;
    double scale = Double.parseDouble(Float.toString(input.scale()));
    byte[] table = new byte[CHANNELS * VALUES];
    for (int i = 0; i < table.length; i++) {
      int channel = i / VALUES;
      double real = i % VALUES * pixelScale.get(channel) + pixelOffset.get(channel);
      double steps = real / scale;
      double rounded = Math.signum(steps) * Math.floor(Math.abs(steps) + 0.5) + input.zeroPoint();
      int least = unsigned ? 0 : -128;
      int q = (int) Math.max(least, Math.min(least + 255, rounded));
      table[i] = (byte) (unsigned ? q ^ 0x80 : q);
    }
    return ConstData.of(table);
  }
}
