package org.fovea.generator.engine;

import java.util.zip.CRC32;
import org.fovea.generator.card.Digests;
import org.fovea.generator.ir.ConstData;

/**
 * One file that another compiler made.
 *
 * @param name of the file, without its folder
 */
public record CompiledFile(String name, String sha256, ConstData data) {

  static CompiledFile of(String name, byte[] bytes) {
    return new CompiledFile(name, Digests.of(bytes).sha256(), ConstData.of(bytes));
  }

  public int bytes() {
    return data.size();
  }

  public long crc32() {
    CRC32 crc = new CRC32();
    crc.update(data.view());
    return crc.getValue();
  }
}
