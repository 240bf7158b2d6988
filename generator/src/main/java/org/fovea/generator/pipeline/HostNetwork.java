package org.fovea.generator.pipeline;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.build.HostBuild;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** The C that a board runs, compiled for this machine: the same steps, kernels and weights. */
public final class HostNetwork implements AutoCloseable {
  private static final String MAIN = "/firmware-templates/harness/process/fv_main.c";
  private static final String BOARD = "qemu-mps2-an500";
  private static final int SECONDS_PER_IMAGE = 120;

  private final Path folder;
  private final Path program;
  private final int imageBytes;
  private final List<Integer> outputBytes;

  private HostNetwork(Path folder, Path program, Compiled compiled) {
    this.folder = folder;
    this.program = program;
    this.imageBytes = Math.toIntExact(compiled.network().input().shape().elements());
    this.outputBytes =
        compiled.network().outputs().stream()
            .map(o -> Math.toIntExact(o.shape().elements()))
            .toList();
  }

  /**
   * Generates and compiles, in a temporary folder.
   *
   * @throws UserFault.ToolMissing when there is no C compiler
   */
  public static HostNetwork build(Compiled compiled) {
    try {
      Path folder = Files.createTempDirectory("fovea-host-");
      try {
        Path project = folder.resolve("project");
        Generation.project(Fit.of(compiled, BoardCatalogue.find(BOARD), Rtos.BARE))
            .writeTo(project);
        Path main = folder.resolve("fv_main.c");
        try (InputStream in = HostNetwork.class.getResourceAsStream(MAIN)) {
          Files.write(main, in.readAllBytes());
        }
        return new HostNetwork(folder, HostBuild.build(project, main, folder), compiled);
      } catch (UserFault | IOException e) {
        FileTree.delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw failed("the temporary folder: " + e.getMessage());
    }
  }

  /** Starts a process; as many as wanted may run side by side. */
  public Running start() {
    try {
      Process process =
          new ProcessBuilder(program.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Running(process);
    } catch (IOException e) {
      throw failed("it does not start: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw failed("its folder cannot be removed: " + e.getMessage());
    }
  }

  /** One process of the network, for one thread. */
  public final class Running implements AutoCloseable {
    private final Process process;

    private Running(Process process) {
      this.process = process;
    }

    /**
     * One inference.
     *
     * @param image rows as they are sent to a board
     * @return the output tensors as a board gives them
     */
    public List<byte[]> run(byte[] image) {
      if (image.length != imageBytes) {
        throw new IllegalArgumentException(image.length + " bytes, not " + imageBytes);
      }
      Executor late = CompletableFuture.delayedExecutor(SECONDS_PER_IMAGE, TimeUnit.SECONDS);
      CompletableFuture<Void> guard = CompletableFuture.runAsync(process::destroyForcibly, late);
      try {
        OutputStream in = process.getOutputStream();
        in.write(image);
        in.flush();
        DataInputStream out = new DataInputStream(process.getInputStream());
        List<byte[]> outputs = new ArrayList<>();
        for (int bytes : outputBytes) {
          byte[] output = new byte[bytes];
          out.readFully(output);
          outputs.add(output);
        }
        return outputs;
      } catch (IOException e) {
        throw failed("it ended during an image: " + e.getMessage());
      } finally {
        guard.cancel(false);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static UserFault failed(String why) {
    return new UserFault.BuildFailed(
        List.of(
            new Finding(
                "the network as a process",
                "does not run",
                why,
                "see whether the disk has room and the C compiler makes programs that run")));
  }
}
