package org.fovea.host.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fovea.host.image.PhotoReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFolderTest {
  @TempDir private Path folder;

  @Test
  void picturesAndLabelsAreWhatTheScenesHold() throws IOException {
    Scenes scenes = new Scenes(7, 96, List.of());
    SceneFolder.write(scenes, 6, folder, i -> {});
    JsonNode labels = new ObjectMapper().readTree(folder.resolve("labels.json").toFile());
    assertThat(labels.get("categories")).hasSize(6);
    int annotations = 0;
    for (int i = 0; i < 6; i++) {
      Scene scene = scenes.scene(i);
      JsonNode image = labels.get("images").get(i);
      var photo =
          PhotoReader.read(folder.resolve("images").resolve(image.get("file_name").asText()));
      assertThat(StoredPng.of(photo)).isEqualTo(StoredPng.of(scene.photo()));
      for (Scene.Sign sign : scene.signs()) {
        JsonNode annotation = labels.get("annotations").get(annotations++);
        assertThat(annotation.get("id").intValue()).isEqualTo(annotations);
        assertThat(annotation.get("image_id")).isEqualTo(image.get("id"));
        assertThat(annotation.get("category_id").intValue()).isEqualTo(sign.kind().index() + 1);
        assertThat(annotation.get("bbox").get(2).doubleValue())
            .isEqualTo(sign.width(), org.assertj.core.data.Offset.offset(0.005));
      }
    }
    assertThat(labels.get("annotations")).hasSize(annotations);
  }

  @Test
  void theLocaleDoesNotShow() throws IOException {
    Scenes scenes = new Scenes(7, 64, List.of());
    Locale before = Locale.getDefault();
    SceneFolder.write(scenes, 3, folder.resolve("a"), i -> {});
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      SceneFolder.write(scenes, 3, folder.resolve("b"), i -> {});
    } finally {
      Locale.setDefault(before);
    }
    for (String file : List.of("labels.json", "images/00000.png", "images/00002.png")) {
      assertThat(Files.readAllBytes(folder.resolve("b").resolve(file)))
          .isEqualTo(Files.readAllBytes(folder.resolve("a").resolve(file)));
    }
  }
}
