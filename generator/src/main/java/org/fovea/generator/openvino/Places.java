package org.fovea.generator.openvino;

import org.fovea.generator.fault.FileFindings;

/** How findings say which layer they are about. */
final class Places {
  private Places() {}

  static void add(FileFindings findings, Layer layer, String what, String why, String remedy) {
    findings.add(
        ":%d, layer %s (%s)"
            .formatted(layer.line(), FileFindings.quote(layer.name()), layer.type()),
        what,
        why,
        remedy);
  }
}
