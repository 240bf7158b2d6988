package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.kernel.ConvConstants;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * The constant arrays of a network in the order of its layers, each aligned to {@link
 * MemoryPlan#ALIGNMENT} bytes with zeros between.
 */
public record Constants(List<Constant> all) {
  public Constants {
    all = List.copyOf(all);
  }

  /**
   * The arrays of a network.
   *
   * @param kernels one per layer
   */
  public static Constants of(Network network, List<KernelChoice> kernels) {
    List<Constant> all = new ArrayList<>();
    for (Layer layer : network.layers()) {
      kernels
          .get(layer.index())
          .constants()
          .ifPresent(c -> all.addAll(convolution(layer, c, body(layer.kernel()).orElseThrow())));
      if (layer.kernel() instanceof Kernel.Table t) {
        all.add(new Constant(layer.index(), Constant.Role.TABLE, t.table()));
      }
      if (layer.kernel() instanceof Kernel.Add add) {
        add.constantRow()
            .ifPresent(r -> all.add(new Constant(layer.index(), Constant.Role.ROW, r)));
      }
      if (layer.kernel() instanceof Kernel.Softmax s) {
        all.add(new Constant(layer.index(), Constant.Role.EXP, s.exp()));
      }
      if (layer.kernel() instanceof Kernel.Pixels p) {
        all.add(new Constant(layer.index(), Constant.Role.PIXELS, p.table()));
      }
    }
    return new Constants(all);
  }

  /** The convolution of a kernel, if it is one. */
  public static Optional<Kernel.ConvBody> body(Kernel kernel) {
    if (kernel instanceof Kernel.Conv c) {
      return Optional.of(c.body());
    }
    return kernel instanceof Kernel.Depthwise d ? Optional.of(d.body()) : Optional.empty();
  }

  private static List<Constant> convolution(
      Layer of, ConvConstants constants, Kernel.ConvBody body) {
    int layer = of.index();
    List<Constant> arrays = new ArrayList<>();
    arrays.add(new Constant(layer, Constant.Role.WEIGHTS, constants.weights()));
    arrays.add(new Constant(layer, Constant.Role.BIAS, constants.bias()));
    List<Integer> multipliers = body.requantisation().multipliers();
    arrays.add(
        new Constant(
            layer,
            Constant.Role.MULTIPLIER,
            ConstData.ofInt32(multipliers.stream().mapToInt(Integer::intValue).toArray())));
    arrays.add(new Constant(layer, Constant.Role.SHIFT, shifts(body.requantisation().shifts())));
    constants.table().ifPresent(t -> arrays.add(new Constant(layer, Constant.Role.TABLE, t)));
    return arrays;
  }

  private static ConstData shifts(List<Integer> shifts) {
    byte[] bytes = new byte[shifts.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = shifts.get(i).byteValue();
    }
    return ConstData.of(bytes);
  }

  /** Bytes of a section in memory. */
  public long bytes(Constant.Section section) {
    return all.stream()
        .filter(c -> c.role().section() == section)
        .mapToLong(c -> MemoryPlan.align(c.data().size()))
        .sum();
  }

  /**
   * CRC-32 of a section in the order of the layers: what the device's self-test computes, wherever
   * each layer's constants lie.
   */
  public long crc32(Constant.Section section) {
    CRC32 crc = new CRC32();
    for (Constant c : all) {
      if (c.role().section() == section) {
        crc.update(c.data().view());
        crc.update(new byte[(int) (MemoryPlan.align(c.data().size()) - c.data().size())]);
      }
    }
    return crc.getValue();
  }

  /** Bytes of each layer's weights, biases and requantisation as they lie in memory. */
  long[] layerBytes(int layers) {
    long[] bytes = new long[layers];
    for (Constant c : all) {
      if (c.role().section() == Constant.Section.WEIGHTS) {
        bytes[c.layer()] += MemoryPlan.align(c.data().size());
      }
    }
    return bytes;
  }

  /** Bytes of weights, biases and requantisation of one layer, without alignment. */
  public long weightBytes(int layer) {
    return all.stream()
        .filter(c -> c.layer() == layer && c.role().section() == Constant.Section.WEIGHTS)
        .mapToLong(c -> c.data().size())
        .sum();
  }
}
