package org.fovea.generator.validate;

import java.util.List;

/** Which float tensor each int8 tensor stands for, in the int8 model's order. */
record Pairing(List<Pair> pairs, List<Validation.Unmatched> unmatched) {
  Pairing {
    pairs = List.copyOf(pairs);
    unmatched = List.copyOf(unmatched);
  }
}
