package org.fovea.generator.emit;

import java.util.List;

/** Makes the project of a {@link Firmware}. */
public final class Emitter {
  private final Templates templates = new Templates();

  /**
   * @param manifest text of deployment.json
   */
  public OutputTree emit(Firmware firmware, String manifest) {
    List<String> provenance = Provenance.of(firmware);
    List<String> sources =
        Sources.of(firmware.kernels(), firmware.rtos(), firmware.target().port());
    ProjectView project = ProjectView.of(firmware, provenance, sources);

    OutputTree tree = new OutputTree();
    tree.text("deployment.json", manifest);
    for (String name : List.of("CMakeLists.txt", "CMakePresets.json", "README.md", "NOTICE")) {
      tree.text(name, templates.render(name + ".ftl", project));
    }
    for (String name : List.of("fv_config.h", "fv_regions.c", "firmware.ld")) {
      tree.text("generated/" + name, templates.render(name + ".ftl", project));
    }
    network(tree, firmware, provenance);
    tree.bytes("LICENSE", Sources.read("LICENSE"));
    tree.bytes("stack-allowances.csv", Sources.read("stack-allowances.csv"));
    tree.bytes("cmake/arm-none-eabi.cmake", Sources.read("cmake/arm-none-eabi.cmake"));
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
    return tree;
  }

  /** Makes the network alone, for a program under an operating system: nothing of a board. */
  public OutputTree emitNetwork(Firmware firmware) {
    List<String> provenance = Provenance.of(firmware);
    List<String> sources = Sources.ofNetwork(firmware.kernels());
    ProjectView project = ProjectView.of(firmware, provenance, sources);
    OutputTree tree = new OutputTree();
    tree.text("generated/fv_config.h", templates.render("fv_config.h.ftl", project));
    network(tree, firmware, provenance);
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
    return tree;
  }

  private void network(OutputTree tree, Firmware firmware, List<String> provenance) {
    String model = CComment.safe(firmware.modelFile());
    NetworkView network = NetworkView.of(model, provenance, firmware);
    WeightsView weights = WeightsView.of(model, provenance, firmware);
    tree.text("generated/fv_network.c", templates.render("fv_network.c.ftl", network));
    tree.text("generated/fv_network.h", templates.render("fv_network.h.ftl", network));
    tree.text("generated/fv_weights.c", templates.render("fv_weights.c.ftl", weights));
    tree.text("generated/fv_weights.h", templates.render("fv_weights.h.ftl", weights));
  }
}
