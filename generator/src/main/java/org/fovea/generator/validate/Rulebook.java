package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One rule a cause, the plainest cause first. */
final class Rulebook {
  /** Gives what was measured, where the cause is likely. */
  private record Rule(Cause cause, Function<Facts, Optional<String>> measured) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(Cause.ALTERED_WEIGHTS, WeightRules::altered),
          new Rule(Cause.INPUT_SCALE, Rules::inputScale),
          new Rule(Cause.SATURATION, Rules::saturation),
          new Rule(Cause.HEAD_SCALE, Rules::headScale),
          new Rule(Cause.WIDE_RANGE, Rules::wideRange),
          new Rule(Cause.DOMINANT_FILTER, WeightRules::dominant),
          new Rule(Cause.FEW_LEVELS, WeightRules::fewLevels),
          new Rule(Cause.DEAD_CHANNELS, Rules::deadChannels),
          new Rule(Cause.UNEQUAL_OPERANDS, Rules::operands),
          new Rule(Cause.SHIFTED_BIAS, Rules::shift));

  private Rulebook() {}

  static List<Validation.Diagnosis> judge(Facts facts) {
    List<Validation.Diagnosis> found = new ArrayList<>();
    for (Rule rule : RULES) {
      rule.measured()
          .apply(facts)
          .ifPresent(m -> found.add(new Validation.Diagnosis(rule.cause(), m)));
    }
    return found;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
