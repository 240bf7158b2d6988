package org.fovea.generator.lower;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Window;
import org.fovea.generator.reference.CameraPixels;

/**
 * One call of a C kernel with everything but its buffers: the mirror of the parameter structs in
 * {@code firmware-templates/kernels}.
 */
public sealed interface Kernel {

  <R> R accept(Cases<R> cases);

  /** Rows of each input that some output rows need. */
  Reach reach();

  /** The C function, without its variant. */
  String function();

  /** One method per kernel. */
  interface Cases<R> {
    R conv(Conv kernel);

    R depthwise(Depthwise kernel);

    R maxPool(MaxPool kernel);

    R averagePool(AveragePool kernel);

    R softmax(Softmax kernel);

    R add(Add kernel);

    R table(Table kernel);

    R concat(Concat kernel);

    R pad(Pad kernel);

    R resize(Resize kernel);

    R bilinear(Bilinear kernel);

    R gather(Gather kernel);

    R pixels(Pixels kernel);
  }

  /** Smallest and largest int8 value that may be stored. */
  record Clamp(int min, int max) {
    public static final Clamp INT8 = new Clamp(-128, 127);
  }

  /** Per output channel: Q31 multiplier and shift, left when positive. */
  record Requantisation(List<Integer> multipliers, List<Integer> shifts) {
    public Requantisation {
      multipliers = List.copyOf(multipliers);
      shifts = List.copyOf(shifts);
    }
  }

  /**
   * Max-pool fused behind a convolution.
   *
   * @param outWidth columns after the pool
   */
  record FusedPool(Window window, Padding padding, int outWidth) {
    static FusedPool none(int convWidth) {
      return new FusedPool(Window.of(1, 1), Padding.VALID, convWidth);
    }

    public boolean isNone() {
      return window.equals(Window.of(1, 1));
    }
  }

  /**
   * What ordinary and depthwise convolutions share.
   *
   * @param weights int8, in the layout of the C kernel
   * @param bias int32, one per output channel
   * @param table 256 int8 entries indexed by value + 128
   */
  record ConvBody(
      ConstData weights,
      ConstData bias,
      Requantisation requantisation,
      Optional<ConstData> table,
      int inWidth,
      int inChannels,
      int convHeight,
      int convWidth,
      int outChannels,
      Window window,
      Padding padding,
      int inZeroPoint,
      int outZeroPoint,
      Clamp clamp,
      FusedPool pool) {

    Reach reach() {
      Window w = window;
      Reach conv = new Reach(w.strideY(), -padding.top(), (w.height() - 1) * w.dilationY() + 1);
      Window p = pool.window();
      return new Reach(p.strideY(), -pool.padding().top(), p.height()).after(conv);
    }
  }

  /** {@code fv_conv2d_s8}. */
  record Conv(ConvBody body) implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.conv(this);
    }

    @Override
    public Reach reach() {
      return body.reach();
    }

    @Override
    public String function() {
      return "fv_conv2d_s8";
    }
  }

  /** {@code fv_depthwise_conv2d_s8}. */
  record Depthwise(ConvBody body, int depthMultiplier) implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.depthwise(this);
    }

    @Override
    public Reach reach() {
      return body.reach();
    }

    @Override
    public String function() {
      return "fv_depthwise_conv2d_s8";
    }
  }

  /** {@code fv_max_pool_s8}. */
  record MaxPool(
      int inWidth, int outWidth, int channels, Window window, Padding padding, Clamp clamp)
      implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.maxPool(this);
    }

    @Override
    public Reach reach() {
      return new Reach(window.strideY(), -padding.top(), window.height());
    }

    @Override
    public String function() {
      return "fv_max_pool_s8";
    }
  }

  /** {@code fv_average_pool_s8}. */
  record AveragePool(
      int inWidth, int outWidth, int channels, Window window, Padding padding, Clamp clamp)
      implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.averagePool(this);
    }

    @Override
    public Reach reach() {
      return new Reach(window.strideY(), -padding.top(), window.height());
    }

    @Override
    public String function() {
      return "fv_average_pool_s8";
    }
  }

  /**
   * {@code fv_softmax_s8}.
   *
   * @param exp int32, 256 exponentials of distances to the largest value
   */
  record Softmax(int width, int channels, ConstData exp) implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.softmax(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_softmax_s8";
    }
  }

  /** One operand of {@link Add}: zero point, Q31 multiplier, shift (left when positive). */
  record Operand(int zeroPoint, int multiplier, int shift) {}

  /**
   * {@code fv_add_s8}.
   *
   * @param constantRow what stands for each row of the second input, where that is a constant
   */
  record Add(
      Operand first,
      Operand second,
      Operand out,
      int leftShift,
      Clamp clamp,
      int rowBytes,
      Optional<ConstData> constantRow)
      implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.add(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_add_s8";
    }
  }

  /** {@code fv_table_s8}. */
  record Table(ConstData table, int rowBytes) implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.table(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_table_s8";
    }
  }

  /** {@code fv_copy_channels_s8}, once per input. */
  record Concat(int width, List<Integer> channels) implements Kernel {
    public Concat {
      channels = List.copyOf(channels);
    }

    public int outChannels() {
      return channels.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.concat(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_copy_channels_s8";
    }
  }

  /** {@code fv_pad_s8}. */
  record Pad(int inWidth, int channels, Padding padding, int zeroPoint) implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.pad(this);
    }

    @Override
    public Reach reach() {
      return new Reach(1, -padding.top(), 1);
    }

    @Override
    public String function() {
      return "fv_pad_s8";
    }
  }

  /**
   * {@code fv_resize_nearest_s8}.
   *
   * @param sourceRows input row of each output row
   * @param sourceColumns input column of each output column
   */
  record Resize(List<Integer> sourceRows, List<Integer> sourceColumns, int inHeight, int channels)
      implements Kernel {
    public Resize {
      sourceRows = List.copyOf(sourceRows);
      sourceColumns = List.copyOf(sourceColumns);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.resize(this);
    }

    @Override
    public Reach reach() {
      return new Reach(0, 0, inHeight);
    }

    @Override
    public String function() {
      return "fv_resize_nearest_s8";
    }
  }

  /**
   * {@code fv_resize_bilinear_s8}.
   *
   * @param mixes of rows and columns
   */
  record Bilinear(org.fovea.generator.reference.Bilinear mixes, int inHeight, int channels)
      implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.bilinear(this);
    }

    @Override
    public Reach reach() {
      return new Reach(0, 0, inHeight);
    }

    @Override
    public String function() {
      return "fv_resize_bilinear_s8";
    }
  }

  /**
   * {@code fv_gather_channels_s8}.
   *
   * @param channels of the input, one for each of the output
   */
  record Gather(int width, int inChannels, List<Integer> channels) implements Kernel {
    public Gather {
      channels = List.copyOf(channels);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.gather(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_gather_channels_s8";
    }
  }

  /**
   * {@code fv_rgb565_s8}, {@code fv_yuv422_s8}: the network's input rows of a camera's pixels.
   *
   * @param blueFirst whether blue is the network's channel 0, not red
   * @param table int8, 256 entries a channel in the network's order, indexed by the pixel's value
   */
  record Pixels(PixelFormat format, int width, boolean blueFirst, ConstData table)
      implements Kernel {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.pixels(this);
    }

    @Override
    public Reach reach() {
      return Reach.SAME_ROW;
    }

    @Override
    public String function() {
      return "fv_" + format.name().toLowerCase(Locale.ROOT) + "_s8";
    }

    /**
     * What the kernel computes, on the PC.
     *
     * @param pixels whole rows of the format
     * @return int8, three bytes a pixel, in the network's order
     */
    public byte[] rows(byte[] pixels) {
      byte[] rows = CameraPixels.rgb(format, pixels);
      for (int i = 0; i < rows.length; i += PixelSource.CHANNELS) {
        byte red = rows[i];
        rows[i] = blueFirst ? rows[i + 2] : red;
        rows[i + 2] = blueFirst ? red : rows[i + 2];
        for (int c = 0; c < PixelSource.CHANNELS; c++) {
          rows[i + c] = table.byteAt(256 * c + (rows[i + c] & 0xFF));
        }
      }
      return rows;
    }
  }
}
