package org.fovea.generator.darknet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * other exception, no hang, no memory out of proportion.
 */
class DarknetFuzzTest {
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
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "-2147483648",
    "99999999999",
    "1e99",
    "nan",
    "",
    ",",
    "1,",
    "-1,-2",
    "0.5"
  };

  private final List<String> cfgs = List.copyOf(Networks.all().values());
  private final List<byte[]> weights =
      cfgs.stream().map(cfg -> NaiveDarknet.example(cfg, 1).weights()).toList();

  @Test
  void fiveThousandMutations() {
    fuzz(5_000, 1);
  }

  @Test
  @Tag("long")
  void hundredThousandMutations() {
    fuzz(100_000, 1_000_000);
  }

  private void fuzz(int mutations, long firstSeed) {
    int rejected = 0;
    for (int i = 0; i < mutations; i++) {
      rejected += isRejected(i % cfgs.size(), firstSeed + i) ? 1 : 0;
    }
    // Both ends must be reached, or the mutations are too harsh or too mild to prove anything.
    assertThat(rejected).isBetween(mutations / 4, mutations * 19 / 20);
  }

  private boolean isRejected(int network, long seed) {
    Random random = new Random(seed);
    boolean inCfg = random.nextInt(3) > 0;
    byte[] cfg = utf8(inCfg ? mutant(cfgs.get(network), random) : cfgs.get(network));
    byte[] numbers = inCfg ? weights.get(network) : mutant(weights.get(network), random);
    long start = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Graph graph = DarknetReader.read("c", cfg, "w", numbers, Optional.empty()).graph();
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
      assertThat(allocated).as("bytes, seed %d", seed).isLessThan(200 * MIB);
      assertThat(System.nanoTime() - start).as("ns, seed %d", seed).isLessThan(5 * SECOND_NS);
    }
  }

  private static String mutant(String cfg, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(cfg.split("\n", -1)));
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(7)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(other));
      case 2 -> lines.set(at, lines.get(other));
      case 3 -> lines.subList(Math.min(at, other), Math.max(at, other)).clear();
      case 4 -> lines.set(at, scrambled(lines.get(at), random));
      default -> {
        String line = lines.get(at);
        String number = NUMBERS[random.nextInt(NUMBERS.length)];
        lines.set(at, line.substring(0, line.indexOf('=') + 1) + number);
      }
    }
    return String.join("\n", lines);
  }

  private static String scrambled(String line, Random random) {
    char[] letters = (line + "=").toCharArray();
    letters[random.nextInt(letters.length)] = (char) random.nextInt(256);
    return new String(letters);
  }

  private static byte[] mutant(byte[] file, Random random) {
    byte[] mutant = file.clone();
    int at = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(file.length);
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(file, random.nextInt(file.length + 64));
      }
      case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      default ->
          ByteBuffer.wrap(mutant)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at & ~3, random.nextBoolean() ? 0x7F800000 : random.nextInt());
    }
    return mutant;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
