package org.fovea.host.fault;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault of the outside world, with at least one finding. Errors of Fovea itself are not these.
 */
public abstract sealed class HostFault extends RuntimeException
    permits LinkFailed,
        DeviceRefused,
        BoardDiffers,
        ImageRejected,
        DatasetRejected,
        ManifestRejected,
        EmulatorFailed,
        ProgrammerMissing {
  private final transient List<Finding> findings;

  HostFault(List<Finding> findings) {
    super(
        findings.stream()
            .map(Finding::toString)
            .collect(Collectors.joining(System.lineSeparator())));
    if (findings.isEmpty()) {
      throw new IllegalStateException("a fault without a finding");
    }
    this.findings = List.copyOf(findings);
  }

  /** In the order in which they were found; never empty. */
  public List<Finding> findings() {
    return findings;
  }
}
