package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a plan faster without making it larger: kernels grow into the gaps between offsets. */
final class KernelGrowth {
  /** Of the arena, for all layers at once. */
  private static final int[] ALLOWED_PERCENT = {100, 97, 94, 90};

  /** The same for single layers. */
  private static final int[] GROWN_PERCENT = {100, 96, 92, 88};

  private static final int MOST_GROWN = 12;
  private static final int MOST_LAYERS = 512;

  private final SegmentLives lives;
  private final Cuts cuts;

  KernelGrowth(SegmentLives lives, Cuts cuts) {
    this.lives = lives;
    this.cuts = cuts;
  }

  /** With kernels that are as fast as the arena's gaps allow. */
  Candidate finished(Candidate sketch) {
    Candidate best = Candidate.of(lives, cuts, sketch.cut(), OffsetAllocator.Effort.FULL);
    long most = best.bytes();
    for (int percent : ALLOWED_PERCENT) {
      Optional<Cuts.Cut> roomy = cuts.of(best.cut().segments(), most * percent / 100);
      if (roomy.filter(c -> c.work() < sketch.work()).isPresent()) {
        Candidate faster = Candidate.of(lives, cuts, roomy.get(), OffsetAllocator.Effort.FULL);
        if (faster.bytes() <= most) {
          best = faster;
          break;
        }
      }
    }
    return lives.flow().layers() > MOST_LAYERS ? best : grown(best);
  }

  /**
   * One layer after the other gets a faster kernel, what gains most first, where it has a place.
   */
  private Candidate grown(Candidate start) {
    Candidate best = start;
    for (int percent : GROWN_PERCENT) {
      long bytes = start.bytes() * percent / 100;
      if (cuts.of(start.cut().segments(), bytes).isEmpty()) {
        break;
      }
      List<KernelPrices.Offer> wishes = cuts.kernels(start.cut().segments(), bytes);
      for (int layer : byGain(best.offers(), wishes)) {
        List<KernelPrices.Offer> offers = new ArrayList<>(best.offers());
        offers.set(layer, wishes.get(layer));
        Candidate next = Candidate.of(lives, best.cut(), offers, OffsetAllocator.Effort.SKETCH);
        best = next.bytes() <= start.bytes() ? next : best;
      }
    }
    return best;
  }

  private static List<Integer> byGain(
      List<KernelPrices.Offer> now, List<KernelPrices.Offer> wishes) {
    return IntStream.range(0, now.size())
        .boxed()
        .filter(i -> gain(now, wishes, i) > 0)
        .sorted(Comparator.comparingLong(i -> -gain(now, wishes, i)))
        .limit(MOST_GROWN)
        .toList();
  }

  private static long gain(
      List<KernelPrices.Offer> now, List<KernelPrices.Offer> wishes, int layer) {
    return now.get(layer).work() - wishes.get(layer).work();
  }
}
