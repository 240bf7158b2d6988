package org.fovea.host.evaluate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a reader found.
 *
 * @param digests SHA-256 of each image's file, in the order of the images
 */
record DatasetParts(
    List<LabelledImage> images, List<String> digests, List<Dataset.Category> classes) {

  Dataset dataset(String name, Dataset.Format format) {
    return new Dataset(name, format, images, classes, fingerprint());
  }

  private String fingerprint() {
    MessageDigest digest = sha256();
    classes.forEach(c -> add(digest, c.id() + " " + c.name()));
    for (int i = 0; i < images.size(); i++) {
      LabelledImage image = images.get(i);
      add(digest, image.id() + " " + image.name() + " " + digests.get(i));
      image.truths().forEach(truth -> add(digest, truth.toString()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
