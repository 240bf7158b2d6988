package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxesLinkedTest {
  @TempDir private Path project;

  /** Builds the project; of its map file, the sections that are in memory. */
  private String linked() throws Exception {
    BuiltProject.build(project);
    String map = Files.readString(project.resolve("build/firmware.map"));
    String kept = map.substring(map.indexOf("Linker script and memory map"));
    return kept.lines().filter(l -> l.matches(" [.][a-z].*")).collect(Collectors.joining("\n"));
  }

  @Test
  void onlyWhoCallsForBoxesHasTheirCodeAndTables() throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(Cli.MODEL));
    Generation.project(Fit.of(compiled, BoardCatalogue.find(Cli.BOARD), Rtos.BARE))
        .writeTo(project);
    assertThat(linked())
        .contains(".text.fv_output")
        .doesNotContain(
            ".text.fv_boxes", ".rodata.fv_detection", ".rodata.softmax", ".rodata.table_");
    Path main = project.resolve("fovea/harness/bare/fv_main.c");
    String calls =
        "#include \"fv_boxes.h\"\nstatic struct fv_box boxes[20];\nint32_t fv_found;\n"
            + Files.readString(main)
                .replace(
                    "  fv_port_init();\n",
                    "  fv_port_init();\n  fv_found = fv_boxes(&fv_images_net, boxes, 20);\n");
    Files.writeString(main, calls);
    assertThat(linked())
        .contains(".text.fv_boxes", ".rodata.fv_detection", ".rodata.softmax", ".rodata.table_");
  }
}
