package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.fovea.cli.line.RuntimeDevice;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.ManifestReader;

/**
 * Stands in for an installation of ST Edge AI, for what it compiles, and on this machine for the
 * NPU: firmware-templates/tests/neural-art.
 *
 * @param installation what STEDGEAI_CORE_DIR names
 * @param compiled the folder of the network
 */
record NpuStandIn(Path installation, Path compiled) {
  static final String SOURCE = "detector.c";
  static final String WEIGHTS = "detector_atonbuf.xSPI2.raw";

  private static final Path TEMPLATES = Cli.ROOT.resolve("firmware-templates");
  private static final Path STAND_IN = TEMPLATES.resolve("tests/neural-art");
  private static final String RUNTIME = "Middlewares/ST/AI/Npu/ll_aton";
  private static final String LIBRARY =
      "Middlewares/ST/AI/Lib/GCC/ARMCortexM55/NetworkRuntime1010_CM55_GCC.a";

  /** An image as the network gets it, and its answer. */
  record Known(Bytes image, Bytes output) {}

  /**
   * Writes both.
   *
   * @param known images, as many as the memory pool of the weights has room for: two
   */
  static NpuStandIn write(Path folder, List<Known> known, UnaryOperator<String> edit)
      throws IOException {
    NpuStandIn made = new NpuStandIn(folder.resolve("st"), folder.resolve("compiled"));
    copy(STAND_IN.resolve("Middlewares"), made.installation.resolve("Middlewares"));
    Path library = made.installation.resolve(LIBRARY);
    Files.createDirectories(library.getParent());
    Files.writeString(library, "!<arch>\n");
    copy(STAND_IN.resolve("compiled"), made.compiled);
    Path source = made.compiled.resolve(SOURCE);
    Files.writeString(source, edit.apply(Files.readString(source)));
    Files.write(made.compiled.resolve(WEIGHTS), weights(known));
    return made;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  static byte[] weights(List<Known> known) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(word(known.size()));
    for (Known one : known) {
      CRC32 crc = new CRC32();
      crc.update(one.image().toArray());
      bytes.writeBytes(word((int) crc.getValue()));
      bytes.writeBytes(one.output().toArray());
    }
    return bytes.toByteArray();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /**
   * A project's CMake is told where the installation is, as a variable of the environment would.
   */
  void configure(Path project) throws Exception {
    Path log = Files.createTempFile(installation, "cmake", ".log");
    Process cmake =
        new ProcessBuilder("cmake", "--preset", "default", "-DSTEDGEAI_CORE_DIR=" + installation)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(cmake.waitFor()).as(Files.readString(log)).isZero();
  }

  /** A project's runtime, network and engine, compiled for this machine. */
  RuntimeDevice.Firmware program(Path project) throws Exception {
    Path program = Files.createTempDirectory(installation, "program").resolve("device");
    List<String> command =
        new ArrayList<>(List.of("cc", "-std=gnu11", "-O1", "-g", "-w", "-D_GNU_SOURCE"));
    command.addAll(
        List.of(
            "-DLL_ATON_PLATFORM=LL_ATON_PLAT_STM32N6", "-DLL_ATON_OSAL=LL_ATON_OSAL_USER_IMPL"));
    Path fovea = project.resolve("fovea");
    for (String folder :
        List.of("runtime", "engines/st-neural-art", "ports/stm32n6", "ports/cortex-m")) {
      command.add("-I" + fovea.resolve(folder));
    }
    command.add("-I" + project.resolve("generated"));
    command.add("-I" + installation.resolve(RUNTIME));
    addSources(command, fovea.resolve("runtime"), "(?!fv_memory).*");
    addSources(command, fovea.resolve("engines/st-neural-art"), ".*");
    addSources(command, project.resolve("generated"), "fv_(network|head)");
    addSources(command, project.resolve("compiled"), ".*");
    addSources(command, installation.resolve(RUNTIME), ".*");
    command.add("" + TEMPLATES.resolve("tests/host/line_device.c"));
    command.add("" + STAND_IN.resolve("npu.c"));
    command.addAll(List.of("-o", program.toString()));
    Path log = program.resolveSibling("cc.log");
    Process cc =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(cc.waitFor()).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    return new RuntimeDevice.Firmware(
        program, ManifestReader.read(project.resolve("deployment.json")));
  }

  private static void addSources(List<String> command, Path folder, String name)
      throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> f.getFileName().toString().matches(name + "[.]c"))
          .map(Path::toString)
          .sorted()
          .forEach(command::add);
    }
  }
}
