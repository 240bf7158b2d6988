package org.fovea.generator.neuralart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Held;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Use;
import org.fovea.generator.fault.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory pools, with addresses that the NPU's compiler has fixed, on the regions of a board. */
class NpuMemoryTest {
  private static final Board BOARD = BoardCatalogue.find("stm32n6570-dk");
  private static final long K = 1024;

  private final List<Finding> findings = new ArrayList<>();

  private static Pool ram(String name, long base, long bytes) {
    return new Pool(name, "file", base, bytes, bytes, true);
  }

  private Optional<NpuMemory> place(Pool... pools) {
    CompiledNetwork network =
        new CompiledNetwork("n", "c", Arrays.asList(pools), List.of(), List.of());
    return NpuMemory.of(BOARD, network, "network.c", findings);
  }

  private static Region region(NpuMemory memory, String name) {
    return memory.board().region(name).orElseThrow();
  }

  @Test
  void leavesTheRestOfEachRegion() {
    NpuMemory memory =
        place(
                ram("front", 0x34100000L, 1000),
                ram("back", 0x34200000L + 400 * K, 48 * K),
                ram("middle", 0x34270000L + 100 * K, 8 * K),
                ram("whole", 0x342e0000L, 448 * K),
                new Pool("flash", "xSPI2", 0x70380000L, 5, 5 * K, false))
            .orElseThrow();
    assertThat(findings).isEmpty();
    assertThat(region(memory, "axisram2").usableBase()).isEqualTo(0x34100000L + 1024);
    assertThat(region(memory, "axisram2").usableBytes()).isEqualTo(1023 * K);
    assertThat(region(memory, "npu_ram3").usableBase()).isEqualTo(0x34200000L);
    assertThat(region(memory, "npu_ram3").usableBytes()).isEqualTo(400 * K);
    assertThat(region(memory, "npu_ram4").usableBase()).isEqualTo(0x34270000L + 108 * K);
    assertThat(region(memory, "npu_ram4").usableBytes()).isEqualTo(340 * K);
    assertThat(memory.board().placesFor(Use.ACTIVATIONS))
        .as("nothing of what is taken, nor of the NPU's cache")
        .extracting(Region::name)
        .containsExactly("axisram2", "npu_ram3", "npu_ram4", "npu_ram6", "venc_ram", "psram");
    assertThat(region(memory, "xspi_flash")).isEqualTo(BOARD.region("xspi_flash").orElseThrow());
    assertThat(memory.held())
        .extracting(Held::region)
        .containsExactly("axisram2", "npu_ram3", "npu_ram4", "npu_ram5", "xspi_flash");
  }

  /** Code is loaded to the beginning of its region; a network may have the end. */
  @Test
  void keepsTheBeginningOfTheCodesRegion() {
    NpuMemory memory = place(ram("low", 0x34000000L + 200 * K, 4 * K)).orElseThrow();
    assertThat(region(memory, "axisram1").usableBase()).isEqualTo(0x34000400L);
    assertThat(region(memory, "axisram1").usableBytes()).isEqualTo(199 * K);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x34000400 | 4096 | true | the firmware's code is loaded to 0x34000400",
        "0x34000000 | 4096 | true | of axisram1 only 0x34000400 to 0x34100000 may be used",
        "0x343b0000 | 131072 | true | of npu_ram6 only 0x34350000 to 0x343c0000 may be used",
        "0x343c0000 | 4096 | true | cacheaxi is the NPU's cache of the flash",
        "0x90000000 | 4096 | true | psram is no RAM that the firmware starts",
        "0x10000000 | 4096 | true | itcm is no RAM that the firmware starts",
        "0x34200000 | 4096 | false | npu_ram3 is no flash that the firmware starts",
        "0x70100000 | 4096 | false | of xspi_flash only 0x70380000 to 0x78000000 may be used",
        "0x24200000 | 4096 | true | no memory of stm32n6570-dk is there",
      })
  void refusesWhatIsNotTheNetworks(String base, long bytes, boolean writable, String why) {
    Pool pool = new Pool("pool", "file", Long.decode(base), bytes, bytes, writable);
    assertThat(place(pool)).isEmpty();
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains(why, ".mpool"));
  }

  @Test
  void refusesOverlappingPoolsAndTellsEveryOne() {
    assertThat(
            place(
                ram("one", 0x34200000L, 64 * K),
                ram("two", 0x34200000L + 60 * K, 64 * K),
                ram("three", 0x90000000L, 64)))
        .isEmpty();
    assertThat(findings).hasSize(2);
    assertThat(findings.toString())
        .contains("its pools one and two overlap: both have 0x3420f000", "psram");
  }
}
