package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.detect.Box;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.ManifestReader;

/** The fv_boxes of a generated project as a program of this machine. */
record DeviceBoxes(Path program, Detector detector) {

  /**
   * A box of the device.
   *
   * @param left in parts of the input, as are the other edges, within it
   */
  record Found(double left, double top, double right, double bottom, double score, int classIndex) {

    static Found parse(String line) {
      String[] words = line.split(" ", -1);
      return new Found(
          edge(words[0]),
          edge(words[1]),
          edge(words[2]),
          edge(words[3]),
          Double.parseDouble(words[4]),
          Integer.parseInt(words[5]));
    }

    static Found of(Detection detection, double width, double height) {
      Box box = detection.box();
      return new Found(
          box.left() / width,
          box.top() / height,
          box.right() / width,
          box.bottom() / height,
          detection.score(),
          detection.classIndex());
    }

    private static double edge(String word) {
      return Math.max(0, Math.min(1, Double.parseDouble(word)));
    }

    /** The host leaves out what covers nothing of the photo, to double's resolution. */
    boolean hasArea() {
      return right - left > 1e-6 && bottom - top > 1e-6;
    }
  }

  static DeviceBoxes build(Path model, Path project) throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(model));
    Generation.project(Fit.of(compiled, BoardCatalogue.find(Cli.BOARD), Rtos.BARE))
        .writeTo(project);
    Path program = project.resolve("decode_boxes");
    List<String> command =
        new ArrayList<>(List.of("cc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of("-Wdouble-promotion", "-Wconversion", "-fno-sanitize-recover=all"));
    command.addAll(List.of("-fsanitize=address,undefined", "-o", program.toString()));
    command.add("-I" + project.resolve("fovea/runtime"));
    command.add("" + project.resolve("fovea/runtime/fv_boxes.c"));
    command.add("" + project.resolve("generated/fv_head.c"));
    command.add("" + Cli.ROOT.resolve("firmware-templates/tests/host/decode_boxes.c"));
    run(project, command, new byte[0]);
    Path manifest = project.resolve("deployment.json");
    return new DeviceBoxes(program, ManifestReader.read(manifest).detector());
  }

  /**
   * Decodes sets of output tensors.
   *
   * @param most boxes of each
   */
  List<List<Found>> decode(List<List<byte[]>> sets, int most) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString(), "" + most));
    detector.outputs().forEach(o -> command.add("" + o.bytes()));
    List<String> lines = run(program.getParent(), command, joined(sets)).lines().toList();
    List<List<Found>> all = new ArrayList<>();
    for (int at = 0; at < lines.size(); ) {
      int count = Integer.parseInt(lines.get(at));
      all.add(lines.subList(at + 1, at + 1 + count).stream().map(Found::parse).toList());
      at += 1 + count;
    }
    assertThat(all.size()).isEqualTo(sets.size());
    return all;
  }

  /** What the host makes of one set; the input is the photo. */
  static List<Found> onHost(Detector detector, List<byte[]> outputs) {
    int width = detector.input().width();
    int height = detector.input().height();
    Placement whole = new Placement(width, height, 0, 0, width, height);
    return new Decoder(detector)
        .decode(outputs.stream().map(Bytes::of).toList(), whole).stream()
            .map(d -> Found.of(d, width, height))
            .toList();
  }

  private static byte[] joined(List<List<byte[]>> sets) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (List<byte[]> outputs : sets) {
      for (byte[] output : outputs) {
        all.write(output);
      }
    }
    return all.toByteArray();
  }

  private static String run(Path folder, List<String> command, byte[] input) throws Exception {
    Path in = folder.resolve("in.bin");
    Path out = folder.resolve("out.txt");
    Files.write(in, input);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(out, StandardCharsets.US_ASCII);
    assertThat(ended && process.exitValue() == 0).as(command + "\n" + text).isTrue();
    return text;
  }
}
