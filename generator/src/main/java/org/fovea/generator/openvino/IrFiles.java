package org.fovea.generator.openvino;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.fovea.generator.card.Digests;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;

/** An .xml file and the .bin file of the same name beside it, read and wired. */
public final class IrFiles {
  private static final int MAX_BIN_BYTES = 1 << 30;
  private static final String SUFFIX = ".xml";

  private final Document document;
  private final Wiring wiring;
  private final Constants constants;
  private final String name;
  private final String sha256;
  private final Digests digests;

  private IrFiles(String name, byte[] xml, byte[] bin) {
    FileFindings findings = new FileFindings(name);
    this.name = name;
    this.document = XmlReader.read(xml, findings);
    this.wiring = Wiring.of(document, findings);
    this.constants = Constants.of(wiring, bin, findings);
    this.sha256 = sha256(xml, bin);
    this.digests = Digests.of(xml);
  }

  /** Whether a file is an .xml one, by its name. */
  public static boolean isXml(Path path) {
    return String.valueOf(path.getFileName()).endsWith(SUFFIX);
  }

  /**
   * Reads both.
   *
   * @throws ModelRejected with findings by line and layer
   */
  public static IrFiles read(Path xml) {
    String base = String.valueOf(xml.getFileName());
    Path bin = xml.resolveSibling(base.substring(0, base.length() - SUFFIX.length()) + ".bin");
    return of(
        xml.toString(),
        bytes(xml, XmlReader.MAX_BYTES, "name the .xml file that OpenVINO wrote"),
        bytes(bin, MAX_BIN_BYTES, "put the .bin that was written with " + base + " beside it"));
  }

  /**
   * The same from memory.
   *
   * @param name how findings name the .xml file
   */
  public static IrFiles of(String name, byte[] xml, byte[] bin) {
    return new IrFiles(name, xml, bin);
  }

  /** Of the .xml file, then the .bin file. */
  public String sha256() {
    return sha256;
  }

  /** Of the .xml file alone, by which a card may know it. */
  public Digests digests() {
    return digests;
  }

  /**
   * The network as a float graph.
   *
   * @throws ModelRejected with everything that is in the way
   */
  public OpenVinoModel model() {
    return GraphImport.of(wiring, constants, new FileFindings(name));
  }

  /** What the network takes, whether Fovea runs it or not. */
  public Census census() {
    return Census.of(document, wiring, constants);
  }

  private static byte[] bytes(Path path, int limit, String remedy) {
    if (!Files.isRegularFile(path)) {
      throw unreadable(path, "there is no such file", remedy);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw unreadable(path, "it is larger than " + (limit >> 20) + " MiB", remedy);
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(path, e.getClass().getSimpleName(), remedy);
    }
  }

  private static ModelRejected unreadable(Path path, String why, String remedy) {
    return new ModelRejected(List.of(new Finding(path.toString(), "cannot be read", why, remedy)));
  }

  private static String sha256(byte[] xml, byte[] bin) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(xml);
      return HexFormat.of().formatHex(digest.digest(bin));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
