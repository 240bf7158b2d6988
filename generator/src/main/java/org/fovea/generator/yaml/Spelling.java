package org.fovea.generator.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the words that a mistyped word may have meant. */
public final class Spelling {
  private static final int MAX_LENGTH = 64;

  private Spelling() {}

  /**
   * At most {@code count} candidates: first those that begin with the word, then by edit distance,
   * then by name.
   */
  public static List<String> nearest(String word, Collection<String> candidates, int count) {
    String cut = word.length() <= MAX_LENGTH ? word : word.substring(0, MAX_LENGTH);
    return candidates.stream()
        .sorted(
            Comparator.<String, Boolean>comparing(c -> cut.isEmpty() || !c.startsWith(cut))
                .thenComparingInt(c -> distance(cut, c))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /** Levenshtein's: fewest insertions, deletions and replacements of one character. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
