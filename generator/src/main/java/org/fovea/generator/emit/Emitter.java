package org.fovea.generator.emit;

import java.util.List;

/** Makes the project of a {@link Firmware}. */
public final class Emitter {
  private static final List<String> TEXTS =
      List.of("CMakeLists.txt", "CMakePresets.json", "README.md", "NOTICE");

  private final Templates templates = new Templates();

  /**
   * @param manifest text of deployment.json
   */
  public OutputTree emit(Firmware firmware, String manifest) {
    OutputTree tree = new OutputTree();
    tree.text("deployment.json", manifest);
    network(tree, firmware);
    tree.bytes("LICENSE", Sources.read("LICENSE"));
    if (firmware.target() instanceof Target.Microcontroller target) {
      firmware(tree, firmware, target);
    } else if (firmware.target() instanceof Target.LinuxProcess target) {
      process(tree, firmware, target);
    } else if (firmware.target() instanceof Target.CubeProject target) {
      cube(tree, firmware, target);
    }
    return tree;
  }

  private void firmware(OutputTree tree, Firmware firmware, Target.Microcontroller target) {
    List<String> sources = Sources.of(firmware, target.port());
    ProjectView view = ProjectView.of(firmware, target, Provenance.of(firmware), sources);
    render(tree, "", "", TEXTS, view);
    render(tree, "", "generated/", List.of("fv_config.h", "fv_regions.c", "firmware.ld"), view);
    target
        .silicon()
        .map(board -> BoardView.of(board, target.regions(), Provenance.of(firmware)))
        .ifPresent(board -> render(tree, "", "generated/", List.of("fv_board.h"), board));
    DebugView debug = DebugView.of(target);
    render(tree, "debug/", ".vscode/", List.of("launch.json", "tasks.json"), debug);
    tree.text(".gdbinit", templates.render("debug/gdbinit.ftl", debug));
    copy(tree, "stack-allowances.csv", "cmake/arm-none-eabi.cmake");
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
  }

  private void process(OutputTree tree, Firmware firmware, Target.LinuxProcess target) {
    List<String> sources = Sources.ofProcess(firmware);
    ProcessView view = ProcessView.of(firmware, target, Provenance.of(firmware), sources);
    render(tree, "linux/", "", TEXTS, view);
    List<String> generated = List.of("fv_config.h", "fv_spans.c", "sections.ld");
    render(tree, "linux/", "generated/", generated, view);
    copy(tree, "cmake/" + target.toolchain() + ".cmake");
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
  }

  private void cube(OutputTree tree, Firmware firmware, Target.CubeProject target) {
    List<String> sources = Sources.ofCube(firmware);
    CubeView view = CubeView.of(firmware, target, Provenance.of(firmware), sources);
    List<String> texts = List.of("CMakeLists.txt", "README.md", "NOTICE", "fovea.ld");
    render(tree, "cube/", "", texts, view);
    render(tree, "cube/", "generated/", List.of("fv_config.h", "fv_places.c"), view);
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
  }

  private void render(OutputTree tree, String from, String to, List<String> names, Object view) {
    for (String name : names) {
      tree.text(to + name, templates.render(from + name + ".ftl", view));
    }
  }

  private static void copy(OutputTree tree, String... files) {
    for (String file : files) {
      tree.bytes(file, Sources.read(file));
    }
  }

  private void network(OutputTree tree, Firmware firmware) {
    List<String> provenance = Provenance.of(firmware);
    String model = CComment.safe(firmware.modelFile());
    SizesView sizes = SizesView.of(model, provenance, firmware);
    render(tree, "", "generated/", List.of("fv_network.h"), sizes);
    firmware.computation().accept(new NetworkFiles(tree, firmware, model, provenance));
    firmware
        .boxes()
        .map(b -> BoxesView.of(model, provenance, b, firmware.computation().network()))
        .ifPresent(head -> render(tree, "", "generated/", List.of("fv_head.c"), head));
  }

  /** What computes. */
  private final class NetworkFiles implements Computation.Cases<OutputTree> {
    private final OutputTree tree;
    private final Firmware firmware;
    private final String model;
    private final List<String> provenance;

    NetworkFiles(OutputTree tree, Firmware firmware, String model, List<String> provenance) {
      this.tree = tree;
      this.firmware = firmware;
      this.model = model;
      this.provenance = provenance;
    }

    @Override
    public OutputTree own(OwnKernels own) {
      NetworkView network = NetworkView.of(model, provenance, firmware, own);
      WeightsView weights = WeightsView.of(model, provenance, firmware, own);
      render(tree, "", "generated/", List.of("fv_network.c"), network);
      render(tree, "", "generated/", List.of("fv_weights.c", "fv_weights.h"), weights);
      return tree;
    }

    @Override
    public OutputTree engine(EngineCall call) {
      EngineView view = EngineView.of(model, provenance, call);
      render(tree, "engine/", "generated/", List.of("fv_network.c"), view);
      call.called().copies().forEach(c -> tree.bytes(c.path(), c.file().data().toBytes()));
      return tree;
    }
  }
}
