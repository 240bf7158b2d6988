package org.fovea.host.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML and SVG. Text and attribute values are always escaped, tags always closed: whatever a
 * model's names are, they stay text.
 */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens a tag; attributes as name, value, name, value. */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A whole element with text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element without content, such as img or rect. */
  Html single(String tag, String... attributes) {
    start(tag, attributes);
    out.insert(out.length() - 1, '/');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  Html line() {
    out.append('\n');
    return this;
  }

  /** The document; every tag must be closed. */
  String document() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("open: " + open);
    }
    return "<!DOCTYPE html>\n" + out + "\n";
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isPlain(c) ? c : 0xFFFD);
              }
            });
  }

  /** Control characters and turned writing could make a text look like another. */
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return c == '\n'
        || (type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE);
  }
}
