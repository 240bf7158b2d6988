package org.fovea.generator.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.estimate.Estimate;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.openvino.Census;
import org.fovea.generator.plan.PlanGoal;

/**
 * Estimated time of a network's convolutions and products of matrices in int8, each as a model of
 * its own with the kernel that Fovea would choose: for networks that Fovea cannot run as a whole.
 */
public final class ProductTimes {
  private static final float SCALE = 0x1p-8f;

  private final Board board;
  private final Map<Census.Product, Times> known = new HashMap<>();

  private ProductTimes(Board board) {
    this.board = board;
  }

  /**
   * Milliseconds.
   *
   * @param least where reads of weights and computing overlap
   * @param most one after the other, and what is not modelled
   * @param macs that are in it
   */
  public record Times(double least, double most, long macs) {
    Times plus(Times other, long times) {
      return new Times(
          least + times * other.least, most + times * other.most, macs + times * other.macs);
    }
  }

  /** Of all of them on a board. */
  public static Times of(Census census, Board board) {
    ProductTimes times = new ProductTimes(board);
    Times sum = new Times(0, 0, 0);
    for (Census.Product product : census.products()) {
      sum = sum.plus(times.one(product), product.times());
    }
    return sum;
  }

  /** Products of one shape take one time. */
  private Times one(Census.Product p) {
    Census.Product shape =
        new Census.Product("", p.in(), p.out(), p.window(), p.padding(), p.depthwise(), 1);
    return known.computeIfAbsent(shape, this::estimate);
  }

  private Times estimate(Census.Product product) {
    ModelFile model =
        new ModelFile(Path.of("layer"), "layer", "", graph(product), Optional.empty());
    KernelSet set = KernelSet.of(board.cpu().core());
    Compiled compiled = Compiled.of(model, PlanGoal.DEFAULT, PixelFormat.RGB888, set);
    Fit fit = Fit.of(compiled, board, board.defaultRtos());
    Estimate estimate =
        Estimate.of(compiled.plan(), compiled.kernels(), fit.allocation().weights(), board);
    return new Times(
        estimate.leastMicroseconds() / 1000,
        estimate.mostMicroseconds() / 1000,
        compiled.network().macs());
  }

  private static Graph graph(Census.Product p) {
    int in = p.in().channels();
    int out = p.out().channels();
    int area = p.window().height() * p.window().width();
    Shape shape =
        p.depthwise()
            ? Shape.of(1, p.window().height(), p.window().width(), out)
            : Shape.of(out, p.window().height(), p.window().width(), in);
    byte[] weights = new byte[Math.multiplyExact(area * out, p.depthwise() ? 1 : in)];
    Arrays.fill(weights, (byte) 1);
    List<Tensor> tensors = new ArrayList<>();
    TensorId image = add(tensors, p.in(), DataType.INT8, 1, Optional.empty());
    TensorId kernel = add(tensors, shape, DataType.INT8, SCALE, Optional.of(ConstData.of(weights)));
    TensorId bias =
        add(
            tensors,
            Shape.of(out),
            DataType.INT32,
            SCALE,
            Optional.of(ConstData.ofInt32(new int[out])));
    TensorId result = add(tensors, p.out(), DataType.INT8, 1, Optional.empty());
    Op op =
        p.depthwise()
            ? new Op.DepthwiseConv2d(
                image,
                kernel,
                bias,
                result,
                p.window(),
                p.padding(),
                out / in,
                FusedActivation.NONE)
            : new Op.Conv2d(
                image, kernel, bias, result, p.window(), p.padding(), FusedActivation.NONE);
    return new Graph("", tensors, List.of(op), List.of(image), List.of(result));
  }

  private static TensorId add(
      List<Tensor> tensors, Shape shape, DataType type, float scale, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(
        new Tensor(id, "" + id.index(), shape, type, new Quantization.PerTensor(scale, 0), data));
    return id;
  }
}
