package org.fovea.generator.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.GraphBuilder.ConvSpec;
import org.fovea.generator.support.MicroModels;
import org.junit.jupiter.api.Test;

/** What is put together, and what stays for the checker; micro models prove the values. */
class SimplificationTest {
  private static List<String> kinds(Graph graph) {
    return Simplification.of(graph).ops().stream().map(Op::kind).toList();
  }

  private static Graph micro(String name) {
    return MicroModels.all().get(name);
  }

  @Test
  void ordinaryModelsStayAsTheyAre() {
    for (String name : List.of("route_and_upsample", "residual", "uint8_in_float_out")) {
      assertThat(Simplification.of(micro(name))).isEqualTo(micro(name));
    }
  }

  @Test
  void onlyTheHalvesThatAreReadArePicked() {
    Graph graph = Simplification.of(micro("split_one_half_read"));
    assertThat(graph.ops().stream().filter(op -> op instanceof Rearrangement))
        .singleElement()
        .satisfies(
            op -> assertThat(((Rearrangement.Gather) op).indices()).isEqualTo(List.of(4, 5, 6, 7)));
  }

  @Test
  void chainsBecomeWhatTheyComeTo() {
    assertThat(kinds(micro("channel_shuffle"))).containsExactly("GATHER", "GATHER", "CONV_2D");
    assertThat(((Rearrangement.Gather) Simplification.of(micro("channel_shuffle")).ops().get(0)))
        .extracting(Rearrangement.Gather::indices)
        .isEqualTo(List.of(0, 2, 4));
    assertThat(kinds(micro("upsampling_by_tiles")))
        .containsExactly("RESIZE_NEAREST_NEIGHBOR", "CONV_2D");
    GraphBuilder back = new GraphBuilder("there and back", 1);
    TensorId turned = back.transpose(back.input(4, 4, 6), 0, 3, 1, 2);
    Graph same = back.build(back.leaky(back.transpose(turned, 0, 2, 3, 1), 0.1f));
    assertThat(kinds(same)).containsExactly("RESHAPE", "LEAKY_RELU");
    assertThat(Checker.check(Simplification.of(same))).isEmpty();
  }

  @Test
  void aTensorInsideAChainThatIsAResultStays() {
    GraphBuilder g = new GraphBuilder("planes", 1);
    TensorId planes = g.transpose(g.input(4, 4, 6), 0, 3, 1, 2);
    Graph graph = g.build(g.leaky(g.transpose(planes, 0, 2, 3, 1), 0.1f), planes);
    assertThat(kinds(graph)).containsExactly("TRANSPOSE", "RESHAPE", "LEAKY_RELU");
  }

  @Test
  void whatComesToNothingKnownIsTold() {
    GraphBuilder thrice = new GraphBuilder("thrice", 1);
    TensorId rows = thrice.tile(thrice.input(2, 2, 6), 1, 3, 1, 1);
    Graph graph = Simplification.of(thrice.build(thrice.leaky(rows, 0.1f)));
    assertThat(Checker.check(graph))
        .singleElement()
        .satisfies(f -> assertThat(f.what()).isEqualTo("1x2x2x6 becomes 1x6x2x6"));
  }

  @Test
  void floatIslandsGo() {
    assertThat(kinds(micro("float_island")))
        .doesNotContain("DEQUANTIZE", "QUANTIZE")
        .containsOnlyOnce("DEQUANTIZE and QUANTIZE");
    assertThat(kinds(micro("float_island_of_two_scales")))
        .containsExactly(
            "CONV_2D",
            "DEQUANTIZE and QUANTIZE",
            "RELU",
            "DEQUANTIZE and QUANTIZE",
            "CONCATENATION",
            "CONV_2D");
    assertThat(kinds(micro("float_result_reshaped")))
        .containsExactly("CONV_2D", "RESHAPE", "DEQUANTIZE");
  }

  @Test
  void aFloatResultOfTwoScalesStaysForTheChecker() {
    GraphBuilder g = new GraphBuilder("two scales", 1);
    TensorId x = g.input(4, 4, 3);
    TensorId a = g.dequantize(g.conv(x, ConvSpec.of(4, 3, 1)));
    TensorId b = g.dequantize(g.leaky(x, 0.1f));
    Graph graph = g.build(g.concat(a, b));
    assertThat(Simplification.of(graph)).isEqualTo(graph);
    assertThat(Checker.check(graph)).isNotEmpty();
  }

  @Test
  void aPoolGoesInFrontOfTheConcatenationThatItAloneReads() {
    GraphBuilder g = new GraphBuilder("pooled", 1);
    TensorId x = g.input(4, 4, 6);
    TensorId own = g.quantize(g.conv(x, ConvSpec.of(4, 3, 1)), g.quantization(x));
    TensorId joined = g.concat(own, x);
    TensorId pooled = g.maxPool(joined, Window.of(2, 2), true, FusedActivation.NONE);
    assertThat(kinds(g.build(pooled)))
        .containsExactly("CONV_2D", "QUANTIZE", "MAX_POOL_2D", "MAX_POOL_2D", "CONCATENATION");
    assertThat(kinds(g.build(pooled, joined))).endsWith("CONCATENATION", "MAX_POOL_2D");
    TensorId other = g.leaky(joined, 0.1f);
    assertThat(kinds(g.build(pooled, other)))
        .endsWith("CONCATENATION", "MAX_POOL_2D", "LEAKY_RELU");
  }

  /** A hostile file's chains double at each link: no work grows with that. */
  @Test
  void ladderOfFloatsIsWalkedOnce() {
    GraphBuilder g = new GraphBuilder("ladder", 1);
    TensorId x = g.dequantize(g.input(1, 1, 1));
    for (int i = 0; i < 24; i++) {
      x = g.concat(x, x);
    }
    Graph graph = Simplification.of(g.build(g.quantize(x, new PerTensor(0.5f, 1))));
    assertThat(graph.ops()).hasSize(25);
  }
}
