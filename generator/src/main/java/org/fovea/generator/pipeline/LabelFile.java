package org.fovea.generator.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;

/** Names of classes, one a line; empty lines at the end do not count. */
public final class LabelFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LENGTH = 60;
  private static final int MAX_FINDINGS = 20;

  private LabelFile() {}

  /**
   * @throws UsageRefused when it cannot be read or a line is no name of 1 to 60 characters
   */
  public static List<String> read(Path path) {
    List<String> labels = text(path).stripTrailing().lines().map(String::strip).toList();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < labels.size() && findings.size() < MAX_FINDINGS; i++) {
      String label = labels.get(i);
      if (label.isEmpty()
          || label.length() > MAX_LENGTH
          || label.chars().anyMatch(Character::isISOControl)) {
        findings.add(
            new Finding(
                path + ":" + (i + 1),
                label.isEmpty() ? "an empty line" : "a line of " + label.length() + " characters",
                "a name has 1 to " + MAX_LENGTH + " printable characters",
                "give a file with one name a line"));
      }
    }
    if (!findings.isEmpty()) {
      throw new UsageRefused(findings);
    }
    return labels;
  }

  private static String text(Path path) {
    if (!Files.isRegularFile(path)) {
      throw unreadable(path, "there is no such file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(path, "it is larger than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(path, e.getClass().getSimpleName());
    }
  }

  private static UsageRefused unreadable(Path path, String why) {
    return new UsageRefused(
        List.of(new Finding(path.toString(), "cannot be read", why, "check the path")));
  }
}
