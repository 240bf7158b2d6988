package org.fovea.host.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fovea.host.Deployments;
import org.fovea.host.detect.Box;
import org.fovea.host.detect.Detection;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.TestPhotos;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;
import org.fovea.host.session.InferenceResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportWriterTest {
  private static final String HOSTILE = "</style><script>alert('x')</script>\"&\u202e";
  private static final TaskTimes TIMES =
      new TaskTimes(
          2000,
          12_300,
          List.of(new TaskTimes.Task(HOSTILE, 1500), new TaskTimes.Task("idle", 500)));

  @TempDir Path folder;

  private static Deployment hostile() {
    return Deployments.edited(
        root -> {
          ((ObjectNode) root.get("model")).put("name", HOSTILE);
          ((ObjectNode) root.at("/layers/0")).put("name", HOSTILE).put("reason", HOSTILE);
          ((ObjectNode) root.at("/memory/regions/0")).put("name", HOSTILE);
          ((ObjectNode) root.at("/memory/regions/0/uses/0")).put("bytes", 900_000);
        });
  }

  private static Report report(Deployment deployment, List<Long> expectedCrcs, long linked) {
    return report(deployment, expectedCrcs, linked, 2000);
  }

  private static Report report(
      Deployment deployment, List<Long> expectedCrcs, long linked, long stackBound) {
    ImageInput input = TestPhotos.input("photo.jpg", deployment.input());
    InferenceResult result =
        new InferenceResult(
            List.of(),
            Optional.empty(),
            List.of(900L, 100L),
            List.of(1L, 0xFFFF_FFFFL),
            List.of(new Answers.Memory.Entry("main", 4096, 1500)),
            1.5,
            0.25,
            OptionalDouble.of(2.125));
    Detection detection = new Detection(0, HOSTILE, 0.875, new Box(2, 3, 40, 30));
    RunResult run =
        RunResult.of(
            input, result, List.of(detection), expectedCrcs, List.of(), List.of("hi", HOSTILE));
    Footprint.Section section = new Footprint.Section(".fv_arena", "x", 1234, linked, true);
    Footprint footprint =
        new Footprint(
            "gcc",
            "a.elf",
            List.of(new Footprint.Region("SRAM", 65536, List.of(section))),
            List.of(new Footprint.Stack("main", stackBound, 4096)));
    return new Report(deployment, footprint, List.of(run), TIMES);
  }

  private String html(Report report) throws IOException {
    return Files.readString(ReportWriter.write(folder, report));
  }

  @Test
  void namesStayTextAndThePageIsWellFormed() throws Exception {
    String html = html(report(hostile(), List.of(), 1234));
    assertThat(html).doesNotContain("<script").doesNotContain("\u202e").contains("&lt;script&gt;");
    String xml = html.substring(html.indexOf('\n'));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
    assertThat(html).doesNotContain("http://").doesNotContain("https://");
  }

  @Test
  void showsAStackBesideItsBound() throws IOException {
    assertThat(html(report(Deployments.sample(), List.of(), 1234, 1500)))
        .contains("1\u202f500 of 4\u202f096 B, bound 1\u202f500 B")
        .doesNotContain("above its bound");
    assertThat(html(report(Deployments.sample(), List.of(), 1234, 1499)))
        .contains("a stack went above its bound");
  }

  @Test
  void showsWhoseTheCoreWas() throws IOException {
    assertThat(html(report(Deployments.sample(), List.of(), 1234)))
        .contains(">1\u202f500</td>", ">75.0 %</td>", ">25.0 %</td>")
        .contains("in work, emulated.", "within 12.3 k instructions, emulated");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(json.at("/tasks/ticks_are").asText()).isEqualTo("emulated instructions");
    assertThat(json.at("/tasks/tasks/0/share").asDouble()).isEqualTo(0.75);
    Report notRun = new Report(Deployments.sample(), Footprint.NONE, List.of(), TaskTimes.NONE);
    assertThat(html(notRun)).doesNotContain("Whose the core was");
  }

  @Test
  void saysWhichLayerDiffersFirst() throws IOException {
    String html = html(report(Deployments.sample(), List.of(1L, 2L), 1235));
    assertThat(html)
        .contains("differs from the PC first at layer 1")
        .contains("off by 1 B")
        .contains("sizes are not as predicted");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(json.at("/verdict/bit_exact").asBoolean()).isFalse();
    assertThat(json.at("/verdict/first_different_layer").asInt()).isEqualTo(1);
    assertThat(json.at("/layers/0/crc").asText()).isEqualTo("equal");
    assertThat(json.at("/runs/0/device_crcs/1").asText()).isEqualTo("ffffffff");
  }

  @Test
  void saysBitExactOnlyWhenAllWasCompared() throws IOException {
    assertThat(html(report(Deployments.sample(), List.of(1L, 0xFFFF_FFFFL), 1234)))
        .contains("bit-exact: every layer equals the PC")
        .contains("fits, sizes as predicted")
        .contains("emulated instructions");
    assertThat(html(report(Deployments.sample(), List.of(1L), 1234)))
        .contains("not compared with the PC");
    Report notRun = new Report(Deployments.sample(), Footprint.NONE, List.of(), TaskTimes.NONE);
    assertThat(html(notRun)).contains("not run").contains("not built").contains("estimated");
  }

  @Test
  void theSameBytesInEveryLocale() throws IOException {
    Report report = report(Deployments.sample(), List.of(1L, 2L), 1234);
    String english = html(report);
    Locale before = Locale.getDefault();
    try {
      for (String locale : new String[] {"tr-TR", "de-DE", "ar-EG"}) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertThat(html(report(Deployments.sample(), List.of(1L, 2L), 1234))).isEqualTo(english);
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
