package org.fovea.generator.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.openvino.IrBuilder.Out;
import org.fovea.generator.openvino.IrBuilder.Reals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal says the line and the layer. */
class BadIrTest {
  private static final IrBuilder IR = Networks.tinyYolo(10, Reals.F32);

  /** Replaces the first {@code old} of the small detector. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version=\"10\"|version=\"7\"|net.xml:2|IR version 7",
        "version=\"10\"|version=\"x\"|net.xml:2|whole number",
        "<net |<!DOCTYPE net [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><net |net.xml|no XML",
        "<net |<model |net.xml:2|no XML",
        "</layer>||net.xml|no XML",
        "<dim>64</dim>|<dim>-1</dim>|layer_0|not fixed",
        "<dim>64</dim>|<dim>?</dim>|layer_0|not fixed",
        "<dim>64</dim>|<dim>1..64</dim>|layer_0|not fixed",
        "<dim>64</dim>|<dim>big</dim>|net.xml:10|whole number",
        "<dim>64</dim>|<dim>65</dim>|'layer_2' (Convolution)|puts out 1x3x65x96",
        "<dim>1</dim>|<dim>2</dim>|'layer_2' (Convolution)|puts out 2x3x64x96",
        "offset=\"0\"|offset=\"999999\"|'layer_1' (Const)|that has",
        "offset=\"0\"|offset=\"-1\"|'layer_1' (Const)|whole number",
        "size=\"432\"|size=\"431\"|'layer_1' (Const)|is 432 bytes",
        "element_type=\"f32\" offset|element_type=\"u1\" offset|'layer_1' (Const)|'u1'",
        "type=\"Convolution\"|type=\"DeformableConvolution\"|layer_2|does not carry over",
        "type=\"Convolution\" version=\"opset1\"|type=\"Convolution\" version=\"mine\"|layer_2|opset1",
        "pads_begin=\"1,1\"|pads_begin=\"1\"|'layer_2' (Convolution)|two numbers",
        "pads_begin=\"1,1\"|pads_begin=\"1,x\"|'layer_2' (Convolution)|whole number",
        "pads_begin=\"1,1\"|pads_begin=\"0,1\"|'layer_2' (Convolution)|the file says 1x4x64x96",
        "strides=\"1,1\"|strides=\"0,1\"|'layer_2' (Convolution)|from 1 to 255",
        "from-layer=\"0\"|from-layer=\"77\"|net.xml|no such output",
        "to-layer=\"2\" to-port=\"0\"|to-layer=\"2\" to-port=\"9\"|net.xml|no such input",
        "to-layer=\"2\" to-port=\"0\"|to-layer=\"2\" to-port=\"1\"|layer_2|reads twice",
        "from-layer=\"0\" from-port=\"0\"|from-layer=\"4\" from-port=\"2\"|layer_2|puts out 1x4x64x96",
        "layer id=\"1\"|layer id=\"0\"|layer_1|has the id 0 again",
        "classes=\"2\"|classes=\"3\"|(RegionYolo)|takes 16 channels and gets 14",
        "coords=\"4\"|coords=\"5\"|(RegionYolo)|coords=4",
        "anchors=\"1,2,3.5,4\"|anchors=\"1,2,3.5\"|(RegionYolo)|3 numbers in anchors",
        "anchors=\"1,2,3.5,4\"|anchors=\"1,2\"|(RegionYolo)|num=2 anchors have 4",
        "anchors=\"1,2,3.5,4\"|anchors=\"1,2,3.5,1e99\"|(RegionYolo)|a number from",
        "kernel=\"2,2\"|kernel=\"0,2\"|(MaxPool)|from 1 to 255",
        "rounding_type=\"floor\"|auto_pad=\"most\"|(MaxPool)|auto_pad is 'most'",
      })
  void aWrongXml(String old, String fresh, String where, String text) {
    String xml =
        IR.xml().replaceFirst(Pattern.quote(old), fresh == null ? "" : fresh.replace("$", ""));
    assertThat(xml).isNotEqualTo(IR.xml());
    List<Finding> findings = findings(xml, IR.bin());
    assertThat(findings.toString()).contains(where, text);
    assertThat(findings).allMatch(f -> !f.remedy().isBlank() && !f.why().isBlank());
  }

  @Test
  void everythingIsToldAtOnce() {
    String xml =
        IR.xml()
            .replace("coords=\"4\"", "coords=\"5\"")
            .replaceFirst("strides=\"1,1\"", "strides=\"0,1\"")
            .replace("kernel=\"2,2\"", "kernel=\"0,2\"");
    assertThat(findings(xml, IR.bin())).hasSizeGreaterThan(1);
  }

  @Test
  void unknownLayersAreNamedAndCounted() {
    IrBuilder b = IrBuilder.of(1);
    Out x = b.parameter(1, 3, 8, 8);
    Out y = b.layer("Convolution", "opset1", "strides=1,1", x, b.weights(1, 4, 3, 1, 1));
    Out z = b.shaped("Proposal", "", new int[] {300, 5}, b.shaped("Softmax", "", new int[] {4}, y));
    b.result(b.shaped("Softmax", "", new int[] {300, 5}, z));
    List<Finding> findings = findings(b.xml(), b.bin());
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).toString()).contains("'Proposal opset1', 1 layer:");
    assertThat(findings.get(1).toString()).contains("'Softmax opset1', 2 layers:");
  }

  @Test
  void aWrongBin() {
    byte[] bin = IR.bin();
    assertThat(findings(IR.xml(), Arrays.copyOf(bin, bin.length - 4)).toString())
        .contains("that has " + (bin.length - 4) + " bytes");
    assertThat(findings(IR.xml(), Arrays.copyOf(bin, bin.length + 4)).toString())
        .contains("has 4 more, so it may belong to another model");
    assertThat(findings(IR.xml(), new byte[0])).hasSizeGreaterThan(3);
    bin[3] = 0x7F;
    bin[2] = (byte) 0xC0;
    assertThat(findings(IR.xml(), bin).toString()).contains("'layer_2'", "not finite");
  }

  @Test
  void aMissingBin(@TempDir Path folder) throws IOException {
    Path xml = Files.writeString(folder.resolve("net.xml"), IR.xml());
    ModelRejected e = catchThrowableOfType(ModelRejected.class, () -> IrFiles.read(xml));
    assertThat(e).hasMessageContaining("net.bin: cannot be read: there is no such file");
    ModelRejected none =
        catchThrowableOfType(ModelRejected.class, () -> IrFiles.read(folder.resolve("other.xml")));
    assertThat(none).hasMessageContaining("other.xml: cannot be read");
  }

  @Test
  void whatFoveaDoesNotRunIsNamed() {
    refuses("a slope for each channel", "PReLU", "", (b, x) -> b.weights(1, 4));
    refuses("two results of the network", "Multiply", "", (b, x) -> x);
    refuses("not one number a channel", "Add", "", (b, x) -> b.weights(1, 1, 4, 6, 6));
    refuses("greater of two results", "Maximum", "", (b, x) -> x);
    refuses("clamps to another range", "Clamp", "min=0 max=5", (b, x) -> b.weights(1));
    refuses("puts axes in the order", "Transpose", "", (b, x) -> b.integers(0, 1, 3, 2));
    refuses("makes integers", "Convert", "destination_type=i32", (b, x) -> b.weights(1));
    refuses("joins along axis 2", "Concat", "axis=2", (b, x) -> x);
  }

  private interface Operand {
    Out of(IrBuilder b, Out x);
  }

  private static void refuses(String text, String type, String data, Operand second) {
    IrBuilder b = IrBuilder.of(1);
    Out x = b.parameter(1, 3, 6, 6);
    Out y = b.layer("Convolution", "opset1", "strides=1,1", x, b.weights(1, 4, 3, 1, 1));
    b.result(b.layer(type, "opset1", data, y, second.of(b, y)));
    assertThat(findings(b.xml(), b.bin()).toString()).contains(text);
  }

  @Test
  void aRangeThatChangesIsNoRounding() {
    IrBuilder b = IrBuilder.of(1);
    Out x = b.parameter(1, 3, 6, 6);
    Out y = b.layer("Convolution", "opset1", "strides=1,1", x, b.weights(1, 4, 3, 1, 1));
    Out one = b.reals(new double[] {1});
    Out low = b.reals(new double[] {-1});
    Out two = b.reals(new double[] {2});
    b.result(b.layer("FakeQuantize", "opset1", "levels=256", y, low, one, low, two));
    assertThat(findings(b.xml(), b.bin()).toString()).contains("another range than it reads");
  }

  @Test
  void deepAndLongFilesEndEarly() {
    String deep = "<net version=\"10\">" + "<a>".repeat(100_000);
    assertThat(findings(deep, new byte[0]).toString()).contains("more than 64 deep");
    String edges = "<edge from-layer=\"0\" from-port=\"0\" to-layer=\"0\" to-port=\"0\"/>";
    String wide = "<net version=\"10\"><edges>" + edges.repeat(200_000);
    assertThat(findings(wide, new byte[0]).toString()).contains("more than 100000 edges");
  }

  static List<Finding> findings(String xml, byte[] bin) {
    ModelRejected e =
        catchThrowableOfType(
            ModelRejected.class,
            () -> IrFiles.of("net.xml", xml.getBytes(StandardCharsets.UTF_8), bin).model());
    assertThat(e).isNotNull();
    return e.findings();
  }
}
