package org.fovea.host.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;

/** Reads {@code footprint.json}, format 1. */
public final class FootprintReader {
  private static final int FORMAT = 1;

  private static final long MAX_BYTES = 1L << 32;

  private FootprintReader() {}

  /**
   * Reads the file.
   *
   * @throws ManifestRejected with every finding at once
   */
  public static Footprint read(Path file) {
    List<Finding> findings = new ArrayList<>();
    Fields in = new Fields(JsonFile.read(file), file.toString(), findings);
    in.integer("format", FORMAT, FORMAT);
    Footprint footprint =
        new Footprint(
            in.text("compiler"),
            in.text("elf"),
            in.objects("regions", FootprintReader::region),
            in.objects("stacks", FootprintReader::stack));
    if (!findings.isEmpty()) {
      throw new ManifestRejected(findings);
    }
    return footprint;
  }

  private static Footprint.Region region(Fields in) {
    return new Footprint.Region(
        in.text("name"),
        in.integer("bytes", 1, MAX_BYTES),
        in.objects("sections", FootprintReader::section));
  }

  private static Footprint.Stack stack(Fields in) {
    return new Footprint.Stack(
        in.text("name"), in.integer("bound", 0, MAX_BYTES), in.integer("reserved", 0, MAX_BYTES));
  }

  private static Footprint.Section section(Fields in) {
    return new Footprint.Section(
        in.text("section"),
        in.text("use"),
        in.integer("predicted", 0, MAX_BYTES),
        in.integer("linked", 0, MAX_BYTES),
        in.flag("exact"));
  }
}
