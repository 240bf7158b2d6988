package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesTest {
  @TempDir private Path dir;

  @Test
  void theSameSeedGivesTheSameFolder() throws IOException {
    draw("a", 3).succeeds();
    draw("b", 3).succeeds();
    draw("c", 4).succeeds();
    var expected = Cli.tree(dir.resolve("a"));
    assertThat(expected).containsKeys("labels.json", "images/00000.png", "images/00001.png");
    assertThat(Cli.tree(dir.resolve("b"))).isEqualTo(expected);
    assertThat(Cli.tree(dir.resolve("c"))).isNotEqualTo(expected);
    assertThat(Cli.names(dir)).containsExactly("a", "b", "c");
  }

  @Test
  void photographsLieBehind() throws IOException {
    Path photos = Files.createDirectory(dir.resolve("photos"));
    TestScene.HILL.write(photos);
    draw("plain", 3).succeeds();
    draw("composed", 3, "--backgrounds", photos).succeeds();
    assertThat(Cli.tree(dir.resolve("composed"))).isNotEqualTo(Cli.tree(dir.resolve("plain")));
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    draw("out", 1, "--count", 0).refuses(ExitCode.USAGE, "--count 0", "1 to 100000");
    draw("out", 1, "--size", 2000).refuses(ExitCode.USAGE, "--size 2000", "64 to 1024");
    Path empty = Files.createDirectory(dir.resolve("none"));
    draw("out", 1, "--backgrounds", empty).refuses(ExitCode.IMAGE, "none", "holds no image");
    Path text = Files.createDirectory(dir.resolve("text"));
    Files.writeString(text.resolve("a.jpg"), "no picture");
    draw("out", 1, "--backgrounds", text).refuses(ExitCode.IMAGE, "a.jpg", "is no JPEG");
    Path full = Files.createDirectory(dir.resolve("full"));
    Files.writeString(full.resolve("mine.txt"), "mine");
    draw("full", 1).refuses(ExitCode.OUTPUT, "full", "is not empty");
    assertThat(Cli.names(dir)).isEqualTo(List.of("full", "none", "text"));
    assertThat(Cli.names(full)).containsExactly("mine.txt");
  }

  private Cli draw(String name, int seed, Object... more) {
    Object[] fixed = {"scenes", "--seed", seed, "-o", dir.resolve(name)};
    Object[] usual = {"--count", 2, "--size", 64};
    boolean sized = more.length > 0 && (more[0].equals("--count") || more[0].equals("--size"));
    Object[] all = new Object[fixed.length + (sized ? 0 : usual.length) + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    if (!sized) {
      System.arraycopy(usual, 0, all, fixed.length, usual.length);
    }
    System.arraycopy(more, 0, all, all.length - more.length, more.length);
    return Cli.run(all);
  }
}
