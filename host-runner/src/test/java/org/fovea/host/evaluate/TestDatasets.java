package org.fovea.host.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.fovea.host.fault.DatasetRejected;
import org.fovea.host.fault.Finding;

/** Small folders of labelled pictures: two images of 80 x 60 pixels, the second one empty. */
final class TestDatasets {
  static final List<String> LABELS = List.of("Stop sign", "yield");

  private TestDatasets() {}

  /** Lines 1 to 11. */
  static final String COCO =
      """
      {
      "info": {"segmentation": [[1, 2], {"bbox": "no"}]},
      "annotations": [
      {"id": 5, "image_id": 9, "category_id": 3, "bbox": [10, 20, 30, 25.5], "area": 700, "iscrowd": 0},
      {"id": 6, "image_id": 9, "category_id": 4, "bbox": [0, 0, 12, 12], "iscrowd": 1}
      ],
      "images": [
      {"id": 9, "file_name": "b.png", "width": 80, "height": 60},
      {"id": 2, "file_name": "a.png", "width": 80, "height": 60}
      ],
      "categories": [{"id": 3, "name": "stop_SIGN"}, {"id": 4, "name": "Yield"}, {"id": 7, "name": "unused"}]
      }
      """;

  static final String VOC =
      """
      <annotation>
        <filename>folder/a.png</filename>
        <size><width>80</width><height>60</height><depth>3</depth></size>
        <object>
          <name>stop-sign</name>
          <difficult>0</difficult>
          <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>40</xmax><ymax>45</ymax></bndbox>
          <part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>
        </object>
        <object>
          <name>yield</name><difficult>1</difficult>
          <bndbox>
            <xmin>1</xmin><ymin>1</ymin>
            <xmax>12</xmax><ymax>12</ymax>
          </bndbox>
        </object>
      </annotation>
      """;

  static final String YOLO = "0 0.3125 0.5 0.375 0.4\n\n1 0.1 0.1 0.2 0.2\n";

  static Path coco(Path folder, String labels) throws IOException {
    image(folder.resolve("a.png"));
    image(folder.resolve("images/b.png"));
    Files.writeString(folder.resolve("labels.json"), labels);
    return folder;
  }

  static Path yolo(Path folder, String labels) throws IOException {
    image(folder.resolve("images/a.png"));
    image(folder.resolve("images/b.png"));
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(folder.resolve("labels/a.txt"), labels);
    Files.writeString(folder.resolve("labels/b.txt"), "");
    return folder;
  }

  static Path voc(Path folder, String labels) throws IOException {
    image(folder.resolve("JPEGImages/a.png"));
    image(folder.resolve("JPEGImages/b.png"));
    Files.createDirectories(folder.resolve("Annotations"));
    Files.writeString(folder.resolve("Annotations/a.xml"), labels);
    Files.writeString(folder.resolve("Annotations/b.xml"), "<annotation/>");
    return folder;
  }

  static void image(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, file.toString().endsWith("a.png") ? 0xff0000 : 0x00ff00);
    ImageIO.write(image, "png", file.toFile());
  }

  static Dataset read(Path folder) {
    return DatasetReader.read(folder, Optional.empty(), LABELS, Integer.MAX_VALUE);
  }

  /** What is wrong with a folder, a line a finding: place and observation. */
  static List<String> findings(Path folder) {
    try {
      read(folder);
      return List.of();
    } catch (DatasetRejected e) {
      return e.findings().stream().map(TestDatasets::text).toList();
    }
  }

  private static String text(Finding finding) {
    return finding.where() + " " + finding.what();
  }
}
