package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.openvino.IrFiles;

/** Which kind of network the files of a command line are, by their names. */
final class NetworkFiles {
  private static final String GIVE = "give NET.cfg NET.weights, or NET.xml alone";

  private NetworkFiles() {}

  /**
   * Whether it is one .xml file; otherwise there are two files.
   *
   * @param ownSize whether the network's own size of image is to be kept
   * @throws UsageRefused when they are neither
   */
  static boolean isOpenVino(List<Path> files, boolean ownSize) {
    boolean xml = IrFiles.isXml(files.get(0));
    if (xml && !ownSize) {
      throw refused(files, "comes with --size", "its shapes are fixed in the file");
    }
    if (xml && files.size() == 2) {
      throw refused(files, "comes with a second file", "its .bin is found beside it");
    }
    if (!xml && files.size() == 1) {
      throw refused(files, "comes without its weights", "a Darknet network is two files");
    }
    return xml;
  }

  private static UsageRefused refused(List<Path> files, String what, String why) {
    return new UsageRefused(List.of(new Finding(files.get(0).toString(), what, why, GIVE)));
  }
}
