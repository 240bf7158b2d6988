package org.fovea.generator.card;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file is known by: hexadecimal digits in lower case. */
public record Digests(String sha256, String sha1) {

  public static Digests of(byte[] bytes) {
    return new Digests(hex("SHA-256", bytes), hex("SHA-1", bytes));
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
