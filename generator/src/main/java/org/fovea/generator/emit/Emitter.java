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
    String model = CComment.safe(firmware.modelFile());
    List<String> sources =
        Sources.of(firmware.kernels(), firmware.rtos(), firmware.target().port());
    ProjectView project = ProjectView.of(firmware, provenance, sources);
    NetworkView network = NetworkView.of(model, provenance, firmware);
    WeightsView weights = WeightsView.of(model, provenance, firmware);

    OutputTree tree = new OutputTree();
    tree.text("deployment.json", manifest);
    for (String name : List.of("CMakeLists.txt", "CMakePresets.json", "README.md", "NOTICE")) {
      tree.text(name, templates.render(name + ".ftl", project));
    }
    for (String name : List.of("fv_config.h", "fv_regions.c", "firmware.ld")) {
      tree.text("generated/" + name, templates.render(name + ".ftl", project));
    }
    tree.text("generated/fv_network.c", templates.render("fv_network.c.ftl", network));
    tree.text("generated/fv_network.h", templates.render("fv_network.h.ftl", network));
    tree.text("generated/fv_weights.c", templates.render("fv_weights.c.ftl", weights));
    tree.text("generated/fv_weights.h", templates.render("fv_weights.h.ftl", weights));
    tree.bytes("LICENSE", Sources.read("LICENSE"));
    tree.bytes("stack-allowances.csv", Sources.read("stack-allowances.csv"));
    tree.bytes("cmake/arm-none-eabi.cmake", Sources.read("cmake/arm-none-eabi.cmake"));
    sources.forEach(source -> tree.bytes("fovea/" + source, Sources.read(source)));
    return tree;
  }
}
