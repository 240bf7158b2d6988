package org.fovea.generator.kernel;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An integer expression as in a C macro: + - * / ( ), decimal constants and names. */
final class Expression {
  private static final Pattern TOKEN = Pattern.compile("\\s*(\\d+|[A-Za-z_]\\w*|[-+*/()])");

  private final List<String> tokens;

  private Expression(List<String> tokens) {
    this.tokens = tokens;
  }

  static Expression parse(String text) {
    List<String> tokens = TOKEN.matcher(text).results().map(r -> r.group(1)).toList();
    Matcher rest = Pattern.compile(TOKEN.pattern() + "|\\s+").matcher(text);
    if (!rest.replaceAll("").isBlank()) {
      throw new IllegalArgumentException("not an integer expression: " + text);
    }
    return new Expression(tokens);
  }

  long evaluate(Map<String, Long> values) {
    Cursor cursor = new Cursor(values);
    long result = cursor.sum();
    if (cursor.at != tokens.size()) {
      throw new IllegalArgumentException("unexpected " + tokens.get(cursor.at) + " in " + tokens);
    }
    return result;
  }

  /** Recursive descent over the tokens. */
  private final class Cursor {
    private final Map<String, Long> values;
    private int at;

    Cursor(Map<String, Long> values) {
      this.values = values;
    }

    private boolean take(String token) {
      boolean found = at < tokens.size() && tokens.get(at).equals(token);
      at += found ? 1 : 0;
      return found;
    }

    long sum() {
      long left = product();
      while (true) {
        if (take("+")) {
          left = Math.addExact(left, product());
        } else if (take("-")) {
          left = Math.subtractExact(left, product());
        } else {
          return left;
        }
      }
    }

    private long product() {
      long left = atom();
      while (true) {
        if (take("*")) {
          left = Math.multiplyExact(left, atom());
        } else if (take("/")) {
          left = left / atom();
        } else {
          return left;
        }
      }
    }

    private long atom() {
      if (take("(")) {
        long inner = sum();
        if (!take(")")) {
          throw new IllegalArgumentException("missing ) in " + tokens);
        }
        return inner;
      }
      if (at == tokens.size()) {
        throw new IllegalArgumentException("ends too early: " + tokens);
      }
      String token = tokens.get(at++);
      if (Character.isDigit(token.charAt(0))) {
        return Long.parseLong(token);
      }
      Long value = values.get(token);
      if (value == null) {
        throw new IllegalArgumentException("unknown name " + token + " in " + tokens);
      }
      return value;
    }
  }
}
