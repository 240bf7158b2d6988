package org.fovea.generator.emit;

/**
 * Untrusted text made safe inside a C comment, a CMake string or a linker script: printable ASCII
 * without quotes, backslashes and comment marks, at most 60 characters.
 */
final class CComment {
  private static final int MAX = 60;

  private CComment() {}

  static String safe(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < MAX; i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && "\"'\\*$`{}<>".indexOf(c) < 0;
      out.append(plain ? c : '_');
    }
    return out.toString().replace("//", "/_");
  }
}
