package org.fovea.host.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {
  @TempDir Path dir;

  @Test
  void writesWhatNumPyReads() throws Exception {
    byte[] values = {1, -2, 3, 127, -128, 0};
    NpyWriter.write(dir.resolve("x.npy"), List.of(1, 2, 3), values);
    byte[] file = Files.readAllBytes(dir.resolve("x.npy"));
    assertThat(file).hasSize(128 + 6);
    assertThat(Arrays.copyOf(file, 10))
        .isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    assertThat(new String(file, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 2, 3,), }")
        .endsWith(" \n");
    assertThat(Arrays.copyOfRange(file, 128, 134)).isEqualTo(values);
  }
}
