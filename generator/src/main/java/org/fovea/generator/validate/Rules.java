package org.fovea.generator.validate;

import static org.fovea.generator.validate.Rulebook.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.ir.Quantization.PerTensor;

/** Rules over a layer's values. Each gives what it measured where it holds. */
final class Rules {
  /** Where fewer decibels are lost, nothing needs explaining. */
  private static final double GOOD_DB = 40;

  private static final double HALF = 0.5;
  private static final double MOST = 0.8;
  static final double TAIL = 0.0005;
  private static final int FEW_CODES = 32;
  private static final int ENOUGH_VALUES = 64;
  private static final double SHIFT_SHARE = 0.4;
  private static final double HEAD_RATIO = 2;
  private static final double PART_OF_SIDE = 0.1;
  private static final double OPERAND_RATIO = 16;
  private static final int WIDTH = 2;
  private static final int HEIGHT = 3;
  private static final int SHOWN = 8;

  private Rules() {}

  static Optional<String> saturation(Facts facts) {
    double beyond = facts.total().below() + facts.total().above();
    double share = facts.own().beyondShareOfNoise();
    return good(facts) || share < MOST || beyond <= 0
        ? Optional.empty()
        : Optional.of(
            text(
                "%.2f %% of the values lie beyond %.4g to %.4g and make %.0f %% of the noise",
                100 * beyond, low(facts), high(facts), 100 * share));
  }

  private static boolean good(Facts facts) {
    return facts.own().sqnrDb() >= GOOD_DB;
  }

  private static double low(Facts facts) {
    PerTensor q = facts.total().scale();
    return q.scale() * (Byte.MIN_VALUE - q.zeroPoint());
  }

  private static double high(Facts facts) {
    PerTensor q = facts.total().scale();
    return q.scale() * (Byte.MAX_VALUE - q.zeroPoint());
  }

  static Optional<String> wideRange(Facts facts) {
    int codes = facts.own().codesOf(TAIL);
    return good(facts) || facts.own().sqnrDb() >= TensorSums.MOST_DB || codes > FEW_CODES
        ? Optional.empty()
        : Optional.of(text("99.9 %% of the values lie on %d of 256 integers", codes));
  }

  static Optional<String> shift(Facts facts) {
    double share = facts.own().shiftShareOfNoise(ENOUGH_VALUES);
    return good(facts)
            || facts.weights().isEmpty()
            || share < SHIFT_SHARE
            || facts.own().beyondShareOfNoise() >= HALF
        ? Optional.empty()
        : Optional.of(text("%.0f %% of the noise is one shift of each channel", 100 * share));
  }

  static Optional<String> deadChannels(Facts facts) {
    List<Integer> dead = new ArrayList<>();
    TensorSums own = facts.own();
    for (int c = 0; c < own.channels(); c++) {
      if (own.still(c) && own.high(c) - own.low(c) > own.scale().scale() / 100) {
        dead.add(c);
      }
    }
    return dead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            text(
                "%d of %d channels: %s%s",
                dead.size(),
                own.channels(),
                dead.subList(0, Math.min(SHOWN, dead.size())),
                dead.size() > SHOWN ? " and more" : ""));
  }

  static Optional<String> operands(Facts facts) {
    if (facts.operands().size() < 2) {
      return Optional.empty();
    }
    double least = Collections.min(facts.operands());
    double most = Collections.max(facts.operands());
    return most < OPERAND_RATIO * least || most <= 0
        ? Optional.empty()
        : Optional.of(text("root mean squares from %.3g to %.3g", least, most));
  }

  /** Logarithms of sizes lie near zero, logits of the background far below. */
  static Optional<String> headScale(Facts facts) {
    double step = facts.total().scale().scale();
    if (step < PART_OF_SIDE
        || facts.head().isEmpty()
        || facts.head().get().layout() != Head.Layout.CELL_ANCHOR_VALUE) {
      return Optional.empty();
    }
    int values = facts.head().get().valuesPerAnchor();
    double size = 0;
    double score = 0;
    for (int c = 0; c < facts.total().channels(); c++) {
      double reach = Math.max(-facts.total().low(c), facts.total().high(c));
      int value = c % values;
      size = value == WIDTH || value == HEIGHT ? Math.max(size, reach) : size;
      score = value > HEIGHT ? Math.max(score, reach) : score;
    }
    return score < HEAD_RATIO * size
        ? Optional.empty()
        : Optional.of(
            text(
                "a step is %.0f %% of a box's side; scores reach %.3g, sizes %.3g",
                100 * Math.expm1(step), score, size));
  }

  static Optional<String> inputScale(Facts facts) {
    if (facts.input().isEmpty()) {
      return Optional.empty();
    }
    InputSpec spec = facts.input().get();
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (int c = 0; c < spec.pixelScale().size(); c++) {
      double black = spec.pixelOffset().get(c);
      double white = black + 255 * spec.pixelScale().get(c);
      low = Math.min(low, Math.min(black, white));
      high = Math.max(high, Math.max(black, white));
    }
    double step = facts.total().scale().scale();
    boolean narrow = low < low(facts) - 2 * step || high > high(facts) + 2 * step;
    boolean wide = high - low < HALF * (high(facts) - low(facts));
    return narrow || wide
        ? Optional.of(
            text(
                "pixels are %.4g to %.4g, the input takes %.4g to %.4g",
                low, high, low(facts), high(facts)))
        : Optional.empty();
  }
}
