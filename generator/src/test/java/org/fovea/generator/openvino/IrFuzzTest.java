package org.fovea.generator.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.generator.check.Checker;
import org.fovea.generator.check.ModelSummary;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in a graph that can be written and read back, or in a refusal with findings: no
 * other exception, no hang, no memory out of proportion. So does the census.
 */
class IrFuzzTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MIB = 1 << 20;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "3",
    "4",
    "255",
    "65536",
    "999999999",
    "99999999999",
    "1e99",
    "nan",
    "",
    ",",
    "1,1",
    "0.5",
    "1..2",
    "opset1",
    "f16",
    "Add",
    "Concat"
  };

  private final List<IrBuilder> networks = List.copyOf(Networks.all().values());

  @Test
  void thousandMutations() {
    fuzz(1_000, 1);
  }

  @Test
  @Tag("long")
  void hundredThousandMutations() {
    fuzz(100_000, 1_000_000);
  }

  private void fuzz(int mutations, long firstSeed) {
    int rejected = 0;
    for (int i = 0; i < mutations; i++) {
      rejected += isRejected(networks.get(i % networks.size()), firstSeed + i) ? 1 : 0;
    }
    // Both ends must be reached, or the mutations are too harsh or too mild to prove anything.
    assertThat(rejected).isBetween(mutations / 4, mutations * 19 / 20);
  }

  private static boolean isRejected(IrBuilder network, long seed) {
    Random random = new Random(seed);
    boolean inXml = random.nextInt(4) > 0;
    byte[] xml = inXml ? mutant(network.xml(), random) : utf8(network.xml());
    byte[] bin = inXml ? network.bin() : mutant(network.bin(), random);
    long start = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      IrFiles files = IrFiles.of("net.xml", xml, bin);
      assertThat(files.census().macs()).isNotNegative();
      Graph graph = files.model().graph();
      ModelSummary.of(graph);
      Checker.check(graph);
      Graph again = TfliteReader.read(TfliteWriter.write(graph));
      assertThat(again.ops()).as("seed %d", seed).hasSameSizeAs(graph.ops());
      return false;
    } catch (ModelRejected e) {
      assertThat(e.findings()).isNotEmpty();
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes, seed %d", seed).isLessThan(300 * MIB);
      assertThat(System.nanoTime() - start).as("ns, seed %d", seed).isLessThan(5 * SECOND_NS);
    }
  }

  private static byte[] mutant(String xml, Random random) {
    if (random.nextInt(4) == 0) {
      return mutant(utf8(xml), random);
    }
    List<String> lines = new ArrayList<>(Arrays.asList(xml.split("\n", -1)));
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(other));
      case 2 -> lines.set(at, lines.get(other));
      default -> {
        String number = NUMBERS[random.nextInt(NUMBERS.length)];
        String line = lines.get(at);
        lines.set(
            at,
            random.nextBoolean()
                ? line.replaceFirst("\"[0-9.,]+\"", "\"" + number + "\"")
                : line.replaceFirst("[0-9]+", number));
      }
    }
    return utf8(String.join("\n", lines));
  }

  private static byte[] mutant(byte[] file, Random random) {
    byte[] mutant = file.clone();
    if (random.nextInt(4) == 0 || file.length == 0) {
      return Arrays.copyOf(file, random.nextInt(file.length + 64));
    }
    mutant[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    return mutant;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
