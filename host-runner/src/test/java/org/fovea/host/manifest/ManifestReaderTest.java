package org.fovea.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.fovea.host.Deployments;
import org.fovea.host.fault.ManifestRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
  private static final String ROWS =
      "[{'family':'detection_rows','output':0,'classes':80,'first_class':1}]";

  @TempDir Path folder;

  @Test
  void readsEveryPart() {
    Deployment deployment = Deployments.sample();
    assertThat(deployment.board().id()).isEqualTo("qemu-mps2-an500");
    assertThat(deployment.board().twinOf()).isEmpty();
    assertThat(deployment.model().weights()).isEqualTo(Model.Weights.PSEUDO_RANDOM);
    assertThat(deployment.input().rowBytes()).isEqualTo(15);
    assertThat(deployment.weightsCrc32()).isEqualTo(0x01234567L);
    assertThat(deployment.memory().regions().get(0).base()).isEqualTo(0x20000000L);
    assertThat(deployment.memory().regions().get(1).used()).isEqualTo(20_320);
    assertThat(deployment.heads()).hasOnlyElementsOfType(Head.Grid.class).hasSize(1);
    assertThat(deployment.thresholds()).isEqualTo(new Thresholds(0.5, 0.5, 100));
    assertThat(deployment.emulator().command()).startsWith("qemu-system-arm");
    assertThat(deployment.detector().label(1)).isEqualTo("class 1");
  }

  @Test
  void takesNoHeadsAndNoEmulator() {
    Deployment deployment =
        Deployments.edited(
            root -> {
              root.putArray("heads");
              root.putNull("thresholds");
              root.putNull("emulator");
            });
    assertThat(deployment.detector().hasBoxes()).isFalse();
    assertThat(deployment.emulator().isPresent()).isFalse();
  }

  @Test
  void findsEverythingAtOnce() {
    assertThatThrownBy(
            () ->
                Deployments.edited(
                    root -> {
                      root.put("format", 1);
                      root.put("layout_sha256", "xyz");
                      ((ObjectNode) root.get("input")).put("height", 0).put("fit", "crop");
                      ((ObjectNode) root.get("board")).put("emulated", "yes");
                      root.remove("labels");
                    }))
        .isInstanceOfSatisfying(
            ManifestRejected.class,
            e ->
                assertThat(e.findings())
                    .extracting(f -> f.where().replaceAll("^.*json/", ""))
                    .containsExactly(
                        "format",
                        "layout_sha256",
                        "board/emulated",
                        "input/height",
                        "input/fit",
                        "labels"));
  }

  @Test
  void refusesPartsThatContradictEachOther() {
    rejects(root -> ((ObjectNode) root.at("/outputs/0")).put("bytes", 47), "product of the shape");
    rejects(root -> ((ObjectNode) root.at("/layers/1")).put("index", 5), "/layers/1/index");
    rejects(
        root -> ((ObjectNode) root.at("/heads/0")).put("values_per_anchor", 7),
        "asks for 2 x 2 cells");
    rejects(root -> ((ObjectNode) root.at("/heads/0")).put("output", 1), "/heads/0/output");
    rejects(root -> ((ObjectNode) root.at("/heads/0")).put("rows", 3), "asks for 3 x 2 cells");
    rejects(root -> ((ObjectNode) root.at("/heads/0")).put("family", "yolov9"), "/heads/0/family");
    rejects(
        root -> root.set("heads", Deployments.json(ROWS)), "asks for an output whose rows have 7");
    rejects(root -> root.putNull("heads"), "/heads");
    rejects(root -> ((ObjectNode) root.at("/outputs/0")).putArray("shape"), "product of the shape");
    rejects(root -> ((ObjectNode) root.at("/input")).put("zero_point", 200), "zero_point");
    rejects(
        root -> outputs(root, "{'xy':0,'wh':1,'objectness':2,'classes':3}"), "1 is no index into");
    rejects(
        root -> outputs(root, "{'xy':0,'wh':0,'objectness':0,'classes':0}"),
        "asks for 2 x 2 cells");
    rejects(root -> outputs(root, "{'xy':0,'wh':0,'objectness':0}"), "/heads/0/outputs/classes");
  }

  private static void outputs(ObjectNode root, String json) {
    ((ObjectNode) root.at("/heads/0")).set("outputs", Deployments.json(json));
  }

  @Test
  void startsNoProgramButQemu() {
    for (String command :
        new String[] {"['/bin/sh','-c','x']", "['sh']", "['qemu-system-arm/../sh']"}) {
      rejects(
          root -> ((ObjectNode) root.at("/emulator")).set("command", Deployments.json(command)),
          "/emulator/command/0");
    }
  }

  @Test
  void refusesMissingAndBrokenFiles() throws IOException {
    assertRejected(folder.resolve("none.json"), "missing");
    assertRejected(folder, "no file");
    assertRejected(written("{\"format\":1,\n\"format\":1}"), "Duplicate field");
    assertRejected(written("{}{}"), "Trailing token");
    assertRejected(written("[".repeat(100_000)), "no valid JSON");
    assertRejected(written(""), "missing");
    assertRejected(written("[]"), "not an object");
  }

  @Test
  void damagedFilesAreReadOrRejected() throws IOException {
    byte[] good = Deployments.bytes(root -> {});
    Random random = new Random(1);
    Path file = folder.resolve("damaged.json");
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      for (int k = 0; k < 3; k++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(32, 127);
      }
      Files.write(file, bad);
      try {
        ManifestReader.read(file);
      } catch (ManifestRejected e) {
        assertThat(e.findings()).isNotEmpty();
      }
    }
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("x.json"), text, StandardCharsets.UTF_8);
  }

  private static void assertRejected(Path file, String what) {
    assertThatThrownBy(() -> ManifestReader.read(file))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining(what);
  }

  private static void rejects(Consumer<ObjectNode> edit, String message) {
    assertThatThrownBy(() -> Deployments.edited(edit))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining(message);
  }
}
