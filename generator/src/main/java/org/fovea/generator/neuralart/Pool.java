package org.fovea.generator.neuralart;

import org.fovea.generator.board.AddressRange;

/**
 * A memory that the compiled network uses.
 *
 * @param name in ST Edge AI's memory-pool file, such as npuRAM5
 * @param file what the name of its initial contents ends in, such as xSPI2
 * @param base address of its first byte
 * @param least bytes that are used, from the first on; the compiler prints a rounded number
 * @param bytes the most that are used, and a line of the NPU's cache, which it may read beyond
 * @param writable whether the network may write there
 */
public record Pool(String name, String file, long base, long least, long bytes, boolean writable) {

  /** What nobody else may use. */
  public AddressRange used() {
    return new AddressRange(base, base + bytes);
  }
}
