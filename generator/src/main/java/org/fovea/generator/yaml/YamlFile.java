package org.fovea.generator.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** One YAML file, not yet understood. */
public final class YamlFile {
  private final String name;
  private final byte[] bytes;

  /**
   * @param name how findings name the file
   */
  public YamlFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes.clone();
  }

  /** A file of the user's. Reads no more than the size limit, and never waits on a pipe. */
  public static YamlFile of(Path path, Function<List<Finding>, ? extends UserFault> fault) {
    if (!Files.isRegularFile(path)) {
      throw fault.apply(List.of(unreadable(path, "it is not a regular file")));
    }
    try (InputStream in = Files.newInputStream(path)) {
      return new YamlFile(path.toString(), in.readNBytes(YamlParser.MAX_BYTES + 1));
    } catch (IOException e) {
      throw fault.apply(List.of(unreadable(path, e.getClass().getSimpleName())));
    }
  }

  private static Finding unreadable(Path path, String why) {
    return new Finding(
        path.toString(),
        "cannot be read",
        why,
        "check that the file is there and that you may read it");
  }

  /** A file that ships with Fovea, by its path on the class path. */
  public static YamlFile bundled(String resource) {
    try (InputStream in = YamlFile.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return new YamlFile(resource, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }

  /** As it is. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The lines of a bundled index: one id each. */
  public List<String> lines() {
    return text().lines().filter(l -> !l.isBlank()).toList();
  }

  /** What {@code schema} makes of the file; throws the fault when there is any finding. */
  public <T> T read(
      Function<Fields, T> schema, Function<List<Finding>, ? extends UserFault> fault) {
    Findings findings = new Findings(name);
    Optional<T> value =
        new YamlParser(findings)
            .parse(bytes)
            .flatMap(root -> new Fields(root, findings).build(schema));
    return value.filter(v -> findings.count() == 0).orElseThrow(() -> fault.apply(findings.list()));
  }
}
