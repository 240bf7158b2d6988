package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Deployable;
import org.fovea.generator.pipeline.Generation;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;

/** The whole way of one model on one board: generate, build, run, compare, report. */
record Deploy(Terminal terminal, Deployable fit, Path directory, BoardLine line) {

  private static final String MANIFEST = "deployment.json";

  /** Reads the images first, so that a bad one leaves nothing behind. */
  Results run(List<Path> images) {
    OutputTree tree = Generation.project(fit);
    Deployment deployment =
        ManifestReader.read(tree.files().get(MANIFEST), directory.resolve(MANIFEST).toString());
    line.check(deployment);
    ImageRun run = new ImageRun(terminal, deployment, Optional.of(Reference.of(fit)));
    List<ImageInput> inputs = run.read(images);
    tree.writeTo(directory);
    terminal.print("project   %s: %d files", directory, tree.files().size());
    BuiltProject built = BuiltProject.build(directory);
    terminal.print("build     %s, %s", built.elf(), built.footprint().compiler());
    FootprintTable.print(terminal, built.footprint());
    terminal.print("");
    terminal.print(
        "run       %s, %s%s", deployment.board().name(), fit.rtos().title(), line.text());
    Bench bench = new Bench(terminal, deployment, built.elf(), line);
    ImageRun.Ran ran = run.run(bench, inputs, directory);
    Results results = new Results(directory, deployment, ran, bench.log().lines());
    results.write(directory);
    results.printStacks(terminal);
    results.printTasks(terminal);
    terminal.print("report    %s", directory.resolve("report.html"));
    return results;
  }
}
