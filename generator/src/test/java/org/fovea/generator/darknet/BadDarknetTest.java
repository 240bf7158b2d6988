package org.fovea.generator.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal says the line or the layer. */
class BadDarknetTest {
  private static final String CFG = Networks.twoHeads();
  private static final byte[] WEIGHTS = NaiveDarknet.example(CFG, 1).weights();

  /** Replaces the first {@code old} of the network with two heads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width=32|width=0|net.cfg:2|from 1 to 8192",
        "width=32|width=99999999999|net.cfg:2|from 1 to 8192",
        "width=32|wide=32|net.cfg:1|lacks width",
        "[net]|[nets]|net.cfg:1|not [net]",
        "size=3|size=-3|net.cfg:6|from 1 to 255",
        "size=3|size=3.5|net.cfg:6|whole number",
        "size=3|siez=3|net.cfg:6|did you mean 'size'",
        "size=3|just words|net.cfg:6|neither [section] nor key=value",
        "filters=6|filters=|net.cfg:9|whole number",
        "filters=6|filters=6 7a|net.cfg:9|whole number",
        "filters=6|filters=6;groups=2|net.cfg:9|whole number",
        "pad=1|groups=2|net.cfg:8|multiples of the groups",
        "pad=1|dilation=2|net.cfg:8|dilation=1 only",
        "pad=1|xnor=1|net.cfg:8|xnor=0 only",
        "activation=leaky|activation=mish|net.cfg:10|linear, leaky",
        "activation=leaky|clip=0|net.cfg:5|linear, leaky",
        "[maxpool]|[avgpool]|net.cfg:11|Fovea knows",
        "[maxpool]|[maxpool|net.cfg:11|without ]",
        "[maxpool]|[yolo]|net.cfg:11|takes 25 channels and gets 6",
        "stride=2|stride=0|net.cfg:7|from 1 to 255",
        "layers=-3|layers=-9|net.cfg:25|earlier ones only",
        "layers=-3|layers=3|net.cfg:25|detection layer",
        "layers=-3|layers=-3,0|net.cfg:25|one height and width",
        "layers=-3|groups=2|net.cfg:24|0 layers",
        "layers=-1,0|layers=-1,1|net.cfg:29|one height and width",
        "mask = 2,3|mask = 2,4|net.cfg:19|from 0 to 3",
        "mask = 2,3|mask = 2|net.cfg:18|takes 7 channels and gets 14",
        "num=4|num=5|net.cfg:20|5 anchors have 10",
        "scale_x_y = 1.05|scale_x_y = 1e999|net.cfg:23|number from",
        "[route]|[convolutional]|net.cfg:24|follows a detection layer",
      })
  void aWrongCfg(String old, String fresh, String where, String text) {
    String cfg = CFG.replaceFirst(java.util.regex.Pattern.quote(old), fresh);
    assertThat(cfg).isNotEqualTo(CFG);
    assertThat(findings(cfg, WEIGHTS))
        .as(findings(cfg, WEIGHTS).toString())
        .anySatisfy(
            f -> {
              assertThat(f.where()).isEqualTo(where);
              assertThat(f.toString()).contains(text);
            });
  }

  @Test
  void everythingIsToldAtOnce() {
    String cfg = CFG.replace("size=3", "size=0").replace("layers=-3", "layers=-9");
    assertThat(findings(cfg, WEIGHTS)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aBinaryFile() {
    List<Finding> findings =
        rejected(() -> DarknetReader.read("w", WEIGHTS, "c", WEIGHTS, Optional.empty()));
    assertThat(findings.toString()).contains("not a text file");
  }

  @ParameterizedTest
  @CsvSource({
    "0, has 0 bytes",
    "15, has 15 bytes",
    "19, inside its header",
    "20, layer 0",
    "-1, layer 7"
  })
  void weightsThatEndEarly(int length, String text) {
    int bytes = length < 0 ? WEIGHTS.length + length : length;
    assertThat(findings(CFG, Arrays.copyOf(WEIGHTS, bytes)).toString()).contains(text);
  }

  @Test
  void weightsWithMore() {
    assertThat(findings(CFG, Arrays.copyOf(WEIGHTS, WEIGHTS.length + 4)).toString())
        .contains("4 bytes are left over");
  }

  @Test
  void weightsOfAnUnknownVersion() {
    byte[] weights = WEIGHTS.clone();
    weights[1] = 77;
    assertThat(findings(CFG, weights).toString()).contains("version 19712.2");
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity"})
  void weightsThatAreNoNumbers(float number) {
    byte[] weights = WEIGHTS.clone();
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(weights.length - 4, number);
    List<Finding> findings = findings(CFG, weights);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).where())
        .isEqualTo("net.weights, layer 7 [convolutional] at line 30");
  }

  @Test
  void aVarianceBelowZero() {
    String cfg = Networks.all().get("batch normalisation");
    byte[] weights = NaiveDarknet.example(cfg, 1).weights();
    int firstVariance = 20 + 4 * 3 * 6;
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(firstVariance, -1);
    assertThat(findings(cfg, weights).toString()).contains("variance below zero");
  }

  /** A few lines can ask for terabytes. */
  @Test
  void hugeNetworksAreRefusedBeforeTheyAreBuilt() {
    String cfg =
        "[net]\nwidth=8\nheight=8\nchannels=3\n"
            + "[convolutional]\nfilters=60000\nactivation=linear\n".repeat(900);
    assertThat(findings(cfg, new byte[20]).toString()).contains("far more than any board holds");
    String upsampled =
        "[net]\nwidth=8000\nheight=8000\nchannels=3\n" + "[upsample]\nstride=255\n".repeat(900);
    assertThat(findings(upsampled, new byte[20])).hasSize(100);
    assertThat(findings("[dropout]\n".repeat(5000), new byte[20]).toString())
        .contains("1000 layers");
  }

  @Test
  void aHostileTextStaysShort() {
    String cfg = "[net]\nwidth=8\nheight=8\nchannels=3\n[" + "x".repeat(100_000) + "]\n";
    assertThat(findings(cfg, WEIGHTS).toString()).hasSizeLessThan(1000);
  }

  private static List<Finding> findings(String cfg, byte[] weights) {
    byte[] text = cfg.getBytes(StandardCharsets.UTF_8);
    return rejected(
        () -> DarknetReader.read("net.cfg", text, "net.weights", weights, Optional.empty()));
  }

  private static List<Finding> rejected(Runnable reading) {
    ModelRejected fault = catchThrowableOfType(ModelRejected.class, reading::run);
    assertThat(fault).isNotNull();
    return fault.findings();
  }
}
