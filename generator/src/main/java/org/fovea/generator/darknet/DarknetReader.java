package org.fovea.generator.darknet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.darknet.DarknetModel.LayerSummary;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;

/** Reads a .cfg file and its .weights file. */
public final class DarknetReader {
  private static final int MAX_WEIGHTS_BYTES = 128 << 20;
  private static final int COLORS = 3;

  private DarknetReader() {}

  /**
   * @param size of the input, instead of the one that the .cfg file says
   * @throws ModelRejected with findings by line (.cfg) or layer (.weights)
   */
  public static DarknetModel read(Path cfg, Path weights, Optional<ImageSize> size) {
    byte[] cfgBytes = bytes(cfg, CfgReader.MAX_BYTES);
    byte[] weightBytes = bytes(weights, MAX_WEIGHTS_BYTES);
    return read(cfg.toString(), cfgBytes, weights.toString(), weightBytes, size);
  }

  /**
   * The same from memory.
   *
   * @param cfgName how findings name the file, as does {@code weightsName}
   */
  public static DarknetModel read(
      String cfgName, byte[] cfg, String weightsName, byte[] weights, Optional<ImageSize> size) {
    Network network = CfgNetwork.read(cfg, size, new FileFindings(cfgName));
    FileFindings findings = new FileFindings(weightsName);
    WeightsFile file = WeightsFile.open(weights, network, findings);
    String description = "Converted by Fovea from Darknet";
    Graph graph = GraphImport.graph(description, network, file, findings);
    List<LayerSummary> layers =
        network.layers().stream().map(l -> new LayerSummary(l.kind(), l.output())).toList();
    return new DarknetModel(graph, layers, heads(network), network.letterbox(), network.notes());
  }

  /** None unless one card can describe them all: one number of classes, an image in colours. */
  private static List<Head.Grid> heads(Network network) {
    List<Head.Grid> heads = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Detection detection) {
        if (detection.head().isEmpty()) {
          return List.of();
        }
        heads.add(detection.head().get());
      }
    }
    boolean alike = heads.stream().map(Head.Grid::classes).distinct().count() == 1;
    return alike && network.input().channels() == COLORS ? heads : List.of();
  }

  private static byte[] bytes(Path path, int limit) {
    if (!Files.isRegularFile(path)) {
      throw unreadable(path, "there is no such file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw unreadable(path, "it is larger than " + (limit >> 20) + " MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(path, e.getClass().getSimpleName());
    }
  }

  private static ModelRejected unreadable(Path path, String why) {
    return new ModelRejected(
        List.of(
            new Finding(
                path.toString(), "cannot be read", why, "name a .cfg file, then its .weights")));
  }
}
