package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a segment costs wherever the other cuts are: the more bytes it may use, the less work. */
final class SegmentCost {
  /** Of a segment that cannot do with so little. */
  static final long IMPOSSIBLE = Long.MAX_VALUE;

  private final Segment segment;
  private final long[] liveBytes;
  private final List<List<KernelPrices.Offer>> offers = new ArrayList<>();

  SegmentCost(SegmentLives.Lives lives, KernelPrices prices) {
    this.segment = lives.segment();
    this.liveBytes = lives.liveBytes().stream().mapToLong(Long::longValue).toArray();
    for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
      offers.add(prices.offers(layer, segment.bandRows()));
    }
  }

  Segment segment() {
    return segment;
  }

  /** The least work within so many bytes. */
  long work(long bytes) {
    long work = 0;
    for (int i = 0; i < liveBytes.length; i++) {
      KernelPrices.Offer offer = offer(i, bytes);
      if (offer == null) {
        return IMPOSSIBLE;
      }
      work += offer.work();
    }
    return work;
  }

  /** The least work with so much scratch a layer at most, or with the least that there is. */
  long workWithScratch(long bytes) {
    long work = 0;
    for (List<KernelPrices.Offer> all : offers) {
      int at = all.size() - 1;
      while (at > 0 && all.get(at).scratchBytes() > bytes) {
        at--;
      }
      work += all.get(at).work();
    }
    return work;
  }

  /** Most bytes in use at one of its steps when it may use so many. */
  long peakBytes(long bytes) {
    long peak = 0;
    for (int i = 0; i < liveBytes.length; i++) {
      KernelPrices.Offer offer = offer(i, bytes);
      peak = Math.max(peak, liveBytes[i] + (offer == null ? 0 : offer.scratchBytes()));
    }
    return peak;
  }

  /** The kernels of its layers when it may use so many bytes. */
  List<KernelPrices.Offer> kernels(long bytes) {
    return IntStream.range(0, liveBytes.length).mapToObj(i -> offer(i, bytes)).toList();
  }

  /** Null when none is small enough. */
  private KernelPrices.Offer offer(int i, long bytes) {
    List<KernelPrices.Offer> all = offers.get(i);
    for (int at = all.size() - 1; at >= 0; at--) {
      if (liveBytes[i] + all.get(at).scratchBytes() <= bytes) {
        return all.get(at);
      }
    }
    return null;
  }
}
