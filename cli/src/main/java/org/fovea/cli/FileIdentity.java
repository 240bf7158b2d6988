package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.card.Digests;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;

/** Whether a file is one that a card names. */
record FileIdentity(ModelCard card, String file, Digests digests, long bytes) {
  private static final String STEP = "file";

  CheckSheet.Step step() {
    List<ModelCard.ModelFile> known =
        card.files().stream().filter(ModelCard.ModelFile::hasHash).toList();
    if (known.isEmpty()) {
      return CheckSheet.Step.skipped(
          STEP, "its source publishes no hash; this one's SHA-256 is " + digests.sha256());
    }
    Optional<ModelCard.ModelFile> same = known.stream().filter(f -> f.is(digests)).findFirst();
    if (same.isPresent()) {
      return CheckSheet.Step.ok(
          STEP, same.get().sha256().isPresent() ? "SHA-256 as published" : "SHA-1 as published");
    }
    String text =
        String.format(
            Locale.ROOT,
            "another file: %,d bytes, SHA-256 %s, SHA-1 %s",
            bytes,
            digests.sha256(),
            digests.sha1());
    Finding finding =
        new Finding(
            file,
            "is none of the card's files",
            known.stream().map(FileIdentity::text).collect(Collectors.joining("; ")),
            "download it again from " + card.source() + "; what follows is about the file at hand");
    return CheckSheet.Step.failed(STEP, text, List.of(finding), ExitCode.DIFFERENT);
  }

  private static String text(ModelCard.ModelFile f) {
    return f.file()
        + f.sha256().map(h -> " has SHA-256 " + h).orElse("")
        + f.sha1().map(h -> " has SHA-1 " + h).orElse("")
        + f.bytes().map(b -> String.format(Locale.ROOT, ", %,d bytes", b)).orElse("");
  }
}
