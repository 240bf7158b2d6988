package org.fovea.host.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.DatasetRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {
  @TempDir Path folder;

  private static final Truth STOP =
      new Truth(0, new Bbox(10, 20, 30, 25.5), 700, Truth.Kind.OBJECT);

  @Test
  void readsCocoInTheOrderOfIds() throws IOException {
    Dataset dataset = TestDatasets.read(TestDatasets.coco(folder, TestDatasets.COCO));
    assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("a.png", "b.png");
    assertThat(dataset.images().get(0).truths()).isEmpty();
    assertThat(dataset.images().get(1).truths())
        .containsExactly(STOP, new Truth(1, new Bbox(0, 0, 12, 12), 144, Truth.Kind.CROWD));
    assertThat(dataset.classes())
        .containsExactly(new Dataset.Category(3, "Stop sign"), new Dataset.Category(4, "yield"));
  }

  @Test
  void readsYolo() throws IOException {
    Dataset dataset = TestDatasets.read(TestDatasets.yolo(folder, TestDatasets.YOLO));
    assertThat(dataset.images().get(0).truths())
        .containsExactly(
            new Truth(0, new Bbox(10, 18, 30, 24), 720, Truth.Kind.OBJECT),
            new Truth(1, new Bbox(0, 0, 16, 12), 192, Truth.Kind.OBJECT));
    assertThat(dataset.images().get(1).truths()).isEmpty();
  }

  @Test
  void readsVocWithPixelsFromOne() throws IOException {
    Dataset dataset = TestDatasets.read(TestDatasets.voc(folder, TestDatasets.VOC));
    assertThat(dataset.images().get(0).truths())
        .containsExactly(
            new Truth(0, new Bbox(10, 20, 30, 25), 750, Truth.Kind.OBJECT),
            new Truth(1, new Bbox(0, 0, 12, 12), 144, Truth.Kind.DIFFICULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classes.txt|yield\nSTOP-SIGN\n",
        "obj.names|yield\nstop sign\n",
        "data.yaml|train: x\nnames: ['yield', \"stop sign\"]  # two\nnc: 2\n",
        "data.yaml|names: [yield,\n  stop_sign]\n",
        "data.yaml|names:\n- yield\n- stop sign\nnc: 2\n",
        "data.yaml|names:\n  0: yield\n  1: stop sign\n",
        "data.yaml|names: {1: stop sign, 0: yield}\n",
      })
  void yoloClassesByName(String file) throws IOException {
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    String[] parts = file.split("\\|", 2);
    Files.writeString(folder.resolve(parts[0]), parts[1]);
    assertThat(TestDatasets.read(folder).images().get(0).truths())
        .extracting(Truth::classIndex)
        .containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[10, 20, 30, 25.5] | [10, 20, 30]        | labels.json:4 bbox has 3 numbers",
        "[10, 20, 30, 25.5] | [10, 20, NaN, 25.5] | labels.json:4 bbox is no number: NaN",
        "[10, 20, 30, 25.5] | [10, 20, 1e999, 2]  | labels.json:4 bbox is no number: 1e999",
        "[10, 20, 30, 25.5] | [10, 20, '30', 2]   | labels.json:4 bbox is no number: 30",
        "[10, 20, 30, 25.5] | [10, 20, 0, 25.5]   | labels.json:4 the box is 0.00 x 25.50 pixels",
        "[10, 20, 30, 25.5] | [10, 20, 71.5, 2]   | labels.json:4 the box 10.00, 20.00 to 81.50, 22.00 leaves the image of 80 x 60 pixels",
        "'id': 6            | 'id': 5             | labels.json:5 the annotation id 5 is there twice",
        "'id': 6,           | ``                  | labels.json:5 has no id",
        "'id': 6            | 'id': 6.5           | labels.json:5 id is no whole number: 6.5",
        "'id': 2            | 'id': 9             | labels.json:9 the image id 9 is there twice",
        "'id': 2            | 'id': 99999999999999999999 | labels.json:9 id is no whole number: 99999999999999999999",
        "a.png              | b.png               | labels.json:8 the file name 'b.png' is there twice",
        "a.png              | c.png               | labels.json:9 the image 'c.png' is missing",
        "a.png              | ../a.png            | labels.json:9 the image '../a.png' is missing",
        "a.png','width': 80 | a.png','width': 81  | labels.json:9 the labels say 81 x 60 pixels and the image has 80 x 60",
        "'image_id': 9      | 'image_id': 1       | labels.json:4 the annotation names image 1, which the file has not",
        "'category_id': 4   | 'category_id': 8    | labels.json:5 the annotation names category 8, which the file has not",
        "'category_id': 4   | 'category_id': 7    | labels.json:5 the class 'unused' is none of the model's",
        "'iscrowd': 1       | 'iscrowd': 2        | labels.json:5 iscrowd is neither 0 nor 1: 2",
        "'area': 700        | 'area': 'much'      | labels.json:4 area is no number: much",
        "'images'           | 'pictures'          | labels.json has no \"images\"",
        "unused             | Yield               | labels.json:11 the category 'Yield' is there twice",
        "}, {'id': 4        | }, 4, {'id': 4      | labels.json:11 an entry of \"categories\" is no object",
        "'area': 700        | 'area': 700, 'area': 7 | labels.json:4 is no valid JSON: Duplicate field 'area'",
      })
  void cocoFindingsNameTheLine(String from, String to, String finding) throws IOException {
    String labels = edited(TestDatasets.COCO, from, to);
    assertThat(TestDatasets.findings(TestDatasets.coco(folder, labels))).contains(finding);
  }

  private static String edited(String labels, String from, String to) {
    String compact = labels.replace("\", \"width\"", "\",\"width\"");
    String edited = compact.replace(from.replace('\'', '"'), to.replace('\'', '"'));
    assertThat(edited).isNotEqualTo(compact);
    return edited;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 0.1        | labels/a.txt:1 has 4 columns",
        "0 0.5 0.5 0.1 0.1 0.9 | labels/a.txt:1 has 6 columns",
        "0 0.5 nan 0.1 0.1    | labels/a.txt:1 'nan' is no number",
        "0 0.5 0x1p3 0.1 0.1  | labels/a.txt:1 '0x1p3' is no number",
        "0 0.5 1e400 0.1 0.1  | labels/a.txt:1 '1e400' is no number",
        "zero 0.5 0.5 0.1 0.1 | labels/a.txt:1 'zero' is no number",
        "2 0.5 0.5 0.1 0.1    | labels/a.txt:1 the class 2 is none of 0 to 1",
        "-1 0.5 0.5 0.1 0.1   | labels/a.txt:1 the class -1 is none of 0 to 1",
        "0.5 0.5 0.5 0.1 0.1  | labels/a.txt:1 the class 0.5 is none of 0 to 1",
        "0 0.5 0.5 0 0.1      | labels/a.txt:1 the box is 0.00 x 6.00 pixels",
        "0 0.5 0.5 0.1 -0.1   | labels/a.txt:1 the box is 8.00 x -6.00 pixels",
        "0 0.5 0.5 1.03 0.5   | labels/a.txt:1 the box -1.20, 15.00 to 81.20, 45.00 leaves the image of 80 x 60 pixels",
      })
  void yoloFindingsNameTheLine(String line, String finding) throws IOException {
    assertThat(TestDatasets.findings(TestDatasets.yolo(folder, line))).containsExactly(finding);
  }

  @Test
  void yoloFilesBelongTogether() throws IOException {
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    Files.delete(folder.resolve("labels/b.txt"));
    Files.writeString(folder.resolve("labels/c.txt"), "");
    Files.writeString(folder.resolve("images/a.png"), "no picture");
    TestDatasets.image(folder.resolve("images/b.bmp"));
    assertThat(TestDatasets.findings(folder))
        .containsExactly(
            "images/a.png the image a.png is no JPEG, PNG or BMP",
            "images/b.bmp has no labels/b.txt",
            "images/b.png shares its labels with b.bmp",
            "labels/c.txt has no image images/c.jpg, .png or .bmp");
  }

  @Test
  void unknownClassesAreToldOnceEach() throws IOException {
    TestDatasets.yolo(folder, "0 0.5 0.5 0.1 0.1\n".repeat(3));
    Files.writeString(folder.resolve("classes.txt"), "horse\n");
    assertThat(TestDatasets.findings(folder))
        .containsExactly(
            "labels/a.txt:1 the class 'horse' is none of the model's, and 2 labels more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<name>yield</name>  | ''                    | a.xml:10 an object has no name",
        "<name>yield</name>  | <name>horse</name>    | a.xml:13 the class 'horse' is none of the model's",
        "<ymax>12</ymax>     | ''                    | a.xml:10 an object has no bndbox/ymax",
        "<ymax>12</ymax>     | <ymax>NaN</ymax>      | a.xml:14 bndbox/ymax 'NaN' is no number",
        "<ymax>12</ymax>     | <ymax>0</ymax>        | a.xml:13 the box is 12.00 x 0.00 pixels",
        "<xmax>12</xmax>     | <xmax>82</xmax>       | a.xml:13 the box 0.00, 0.00 to 82.00, 12.00 leaves the image of 80 x 60 pixels",
        "<difficult>1<       | <difficult>2<         | a.xml:11 difficult is neither 0 nor 1",
        "<width>80<          | <width>81<            | a.xml says 81 x 60 pixels and the image has 80 x 60",
        "<width>80<          | <width>many<          | a.xml:3 the size 'many' is no number of pixels",
        "folder/a.png        | folder/b.png          | b.xml is for the same image as a.xml",
        "<annotation>        | <html>                | a.xml:1 is no valid XML: the root is no <annotation>",
      })
  void vocFindingsNameTheLine(String from, String to, String finding) throws IOException {
    String labels = TestDatasets.VOC.replace(from, to.replace("''", ""));
    assertThat(labels).isNotEqualTo(TestDatasets.VOC);
    assertThat(TestDatasets.findings(TestDatasets.voc(folder, labels)))
        .anyMatch(f -> f.startsWith(finding));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><annotation>&x;</annotation>",
        "<!DOCTYPE annotation SYSTEM \"http://localhost:9/x.dtd\"><annotation/>",
        "<annotation>&x;</annotation>",
        "<annotation><object>",
        "",
      })
  void hostileXmlIsRefused(String xml) throws IOException {
    assertThat(TestDatasets.findings(TestDatasets.voc(folder, xml)))
        .anyMatch(f -> f.matches("a.xml:\\d+ is no valid XML: .*"))
        .noneMatch(f -> f.contains("root:"));
  }

  @Test
  void vocFilesBelongTogether() throws IOException {
    TestDatasets.voc(folder, TestDatasets.VOC.replace("folder/a.png", ""));
    Files.move(folder.resolve("Annotations/b.xml"), folder.resolve("Annotations/c.xml"));
    assertThat(TestDatasets.findings(folder))
        .containsExactly("c.xml has no image c", "b.png has no labels b.xml");
  }

  @Test
  void upToAPixelOutsideIsClipped() throws IOException {
    Dataset dataset = TestDatasets.read(TestDatasets.yolo(folder, "0 0.5 0.5 1.02 0.5\n"));
    assertThat(dataset.images().get(0).truths().get(0).box()).isEqualTo(new Bbox(0, 15, 80, 30));
  }

  @Test
  void brokenJsonStillTellsWhatCameBefore() throws IOException {
    String labels =
        TestDatasets.COCO.replace("[10, 20, 30, 25.5]", "[1]").replace("\"images\"", "images");
    assertThat(TestDatasets.findings(TestDatasets.coco(folder, labels)))
        .anyMatch(f -> f.startsWith("labels.json:4 bbox has 1 numbers"))
        .anyMatch(f -> f.startsWith("labels.json:7 is no valid JSON: "));
  }

  @Test
  void atMostFiftyFindingsAreShown() throws IOException {
    List<String> findings =
        TestDatasets.findings(TestDatasets.yolo(folder, "nonsense\n".repeat(75)));
    assertThat(findings).hasSize(51);
    assertThat(findings.get(50)).endsWith(" 25 more findings are not shown");
  }

  @Test
  void twoFormatsAskWhich() throws IOException {
    TestDatasets.coco(folder, TestDatasets.COCO);
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    assertThatThrownBy(() -> TestDatasets.read(folder))
        .isInstanceOf(DatasetRejected.class)
        .hasMessageContaining("--format coco or --format yolo");
    Dataset yolo =
        DatasetReader.read(
            folder, Optional.of(Dataset.Format.YOLO), TestDatasets.LABELS, Integer.MAX_VALUE);
    assertThat(yolo.format()).isEqualTo(Dataset.Format.YOLO);
  }

  @Test
  void twoCocoFilesAskWhich() throws IOException {
    TestDatasets.coco(folder, TestDatasets.COCO);
    Files.writeString(folder.resolve("instances_val.json"), TestDatasets.COCO);
    assertThat(TestDatasets.findings(folder))
        .containsExactly(folder + " holds 2 label files: instances_val.json, labels.json");
  }

  @Test
  void anyJsonWithCocosKeysWillDo() throws IOException {
    TestDatasets.coco(folder, TestDatasets.COCO);
    Files.move(folder.resolve("labels.json"), folder.resolve("mine.json"));
    Files.writeString(folder.resolve("other.json"), "[1, 2]");
    assertThat(TestDatasets.read(folder).images()).hasSize(2);
  }

  @Test
  void aFolderWithoutLabelsIsNone() {
    assertThatThrownBy(() -> TestDatasets.read(folder))
        .isInstanceOf(DatasetRejected.class)
        .hasMessageContaining("holds no labels that Fovea knows");
    assertThatThrownBy(() -> TestDatasets.read(folder.resolve("none")))
        .isInstanceOf(DatasetRejected.class)
        .hasMessageContaining("is missing or no folder");
  }

  @Test
  void theFingerprintChangesWithAnyLabelOrPixel() throws IOException {
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    String before = TestDatasets.read(folder).fingerprint();
    assertThat(TestDatasets.read(folder).fingerprint()).isEqualTo(before);
    TestDatasets.yolo(folder, TestDatasets.YOLO.replace("0.3125", "0.3126"));
    assertThat(TestDatasets.read(folder).fingerprint()).isNotEqualTo(before);
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    Files.copy(
        folder.resolve("images/a.png"),
        folder.resolve("images/b.png"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(TestDatasets.read(folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aLimitTakesTheFirstImages() throws IOException {
    TestDatasets.yolo(folder, TestDatasets.YOLO);
    Dataset dataset = DatasetReader.read(folder, Optional.empty(), TestDatasets.LABELS, 1);
    assertThat(dataset.images()).extracting(LabelledImage::name).containsExactly("a.png");
  }
}
