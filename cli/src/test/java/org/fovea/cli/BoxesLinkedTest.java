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

  private static void generate(ModelFile model, Path project) {
    Compiled compiled = Compiled.of(model);
    Generation.project(Fit.of(compiled, BoardCatalogue.find(Cli.BOARD), Rtos.BARE))
        .writeTo(project);
  }

  @Test
  void onlyAModelWithHeadsHasTheCodeAndTablesOfBoxes() throws Exception {
    generate(ModelFile.readAlone(Cli.MODEL), project);
    assertThat(linked())
        .contains(".text.fv_output")
        .doesNotContain(
            ".text.fv_boxes", ".rodata.fv_detection", ".rodata.softmax", ".rodata.table_");
    generate(ModelFile.read(Cli.MODEL), project);
    assertThat(linked())
        .contains(".text.fv_boxes", ".rodata.fv_detection", ".rodata.softmax", ".rodata.table_");
  }
}
