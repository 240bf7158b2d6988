package org.fovea.generator.check;

import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Window;

/** An operator in one short line: its name and the attributes that change what it does. */
final class OpLabel implements Op.Cases<String> {
  private final Graph graph;

  OpLabel(Graph graph) {
    this.graph = graph;
  }

  @Override
  public String conv2d(Op.Conv2d op) {
    return op.kind() + windowed(op.window(), op.padding()) + fused(op.activation());
  }

  @Override
  public String depthwiseConv2d(Op.DepthwiseConv2d op) {
    return op.kind() + windowed(op.window(), op.padding()) + fused(op.activation());
  }

  @Override
  public String maxPool2d(Op.MaxPool2d op) {
    return op.kind() + windowed(op.window(), op.padding()) + fused(op.activation());
  }

  @Override
  public String averagePool2d(Op.AveragePool2d op) {
    return op.kind() + windowed(op.window(), op.padding()) + fused(op.activation());
  }

  @Override
  public String leakyRelu(Op.LeakyRelu op) {
    return op.kind() + " alpha " + op.alpha();
  }

  @Override
  public String relu(Op.Relu op) {
    return op.kind();
  }

  @Override
  public String logistic(Op.Logistic op) {
    return op.kind();
  }

  @Override
  public String softmax(Op.Softmax op) {
    return op.kind() + (op.beta() == 1 ? "" : " beta " + op.beta());
  }

  @Override
  public String pad(Op.Pad op) {
    return op.kind() + pads(op.padding());
  }

  @Override
  public String add(Op.Add op) {
    return op.kind() + fused(op.activation());
  }

  @Override
  public String addConstant(Op.AddConstant op) {
    return op.kind() + " constant " + graph.tensor(op.constant()).shape() + fused(op.activation());
  }

  @Override
  public String concat(Op.Concat op) {
    return op.kind() + " axis " + op.axis() + fused(op.activation());
  }

  @Override
  public String resizeNearest(Op.ResizeNearest op) {
    return op.kind() + centres(op.alignCorners(), op.halfPixelCenters());
  }

  @Override
  public String resizeBilinear(Op.ResizeBilinear op) {
    return op.kind() + centres(op.alignCorners(), op.halfPixelCenters());
  }

  private static String centres(boolean alignCorners, boolean halfPixelCenters) {
    return (alignCorners ? " align_corners" : "") + (halfPixelCenters ? " half_pixel_centers" : "");
  }

  @Override
  public String rearrange(Rearrangement op) {
    return op.kind() + (op instanceof Rearrangement.Gather g ? " axis " + g.axis() : "");
  }

  @Override
  public String reshape(Op.Reshape op) {
    return op.kind();
  }

  @Override
  public String quantize(Op.Quantize op) {
    return op.kind() + " from " + graph.tensor(op.input()).type();
  }

  @Override
  public String dequantize(Op.Dequantize op) {
    return op.kind();
  }

  @Override
  public String throughFloat(Op.ThroughFloat op) {
    return op.kind();
  }

  @Override
  public String unsupported(Op.Unsupported op) {
    return op.kind();
  }

  private static String windowed(Window w, Padding p) {
    String size = " " + w.height() + "x" + w.width();
    String stride = pair(" stride ", w.strideY(), w.strideX());
    return size + stride + pair(" dilation ", w.dilationY(), w.dilationX()) + pads(p);
  }

  private static String pair(String name, int y, int x) {
    return y == 1 && x == 1 ? "" : name + (y == x ? "" + y : y + "x" + x);
  }

  private static String pads(Padding p) {
    return p.equals(Padding.VALID)
        ? ""
        : " pad t,b,l,r " + p.top() + "," + p.bottom() + "," + p.left() + "," + p.right();
  }

  private static String fused(FusedActivation activation) {
    return activation == FusedActivation.NONE ? "" : " + " + activation;
  }
}
