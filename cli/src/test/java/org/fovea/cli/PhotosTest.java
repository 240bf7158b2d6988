package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.host.fault.ImageRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {
  @TempDir Path dir;

  @Test
  void aFolderStandsForItsImagesByName() throws Exception {
    for (String name : List.of("b.JPG", "a.png", "notes.txt")) {
      Files.createFile(dir.resolve(name));
    }
    Files.createDirectory(dir.resolve("c.png"));
    Path other = Path.of("x.jpg");
    assertThat(Photos.expand(List.of(other, dir)))
        .containsExactly(other, dir.resolve("a.png"), dir.resolve("b.JPG"));
  }

  @Test
  void aFolderWithoutImagesIsTold() {
    assertThatThrownBy(() -> Photos.expand(List.of(dir)))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("holds no image");
  }
}
