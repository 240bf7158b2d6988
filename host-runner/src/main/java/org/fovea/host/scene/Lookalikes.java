package org.fovea.host.scene;

import static org.fovea.host.scene.Paint.AMBER;
import static org.fovea.host.scene.Paint.BLACK;
import static org.fovea.host.scene.Paint.BLUE;
import static org.fovea.host.scene.Paint.BROWN;
import static org.fovea.host.scene.Paint.GREEN;
import static org.fovea.host.scene.Paint.GREY;
import static org.fovea.host.scene.Paint.ORANGE;
import static org.fovea.host.scene.Paint.RED;
import static org.fovea.host.scene.Paint.WHITE;
import static org.fovea.host.scene.Paint.YELLOW;

import java.util.ArrayList;
import java.util.List;

/** What stands beside roads and is none of the six signs, though it shares shapes and colours. */
final class Lookalikes {
  private static final int[] PLATES = {BLUE, GREEN, WHITE, YELLOW, BROWN, ORANGE, RED, GREY};

  private static final List<Art> ALL = List.copyOf(all());

  private Lookalikes() {}

  static Art pick(Dice dice) {
    return dice.percent(75) ? dice.pick(ALL) : plate(dice);
  }

  private static List<Art> all() {
    List<Art> all = new ArrayList<>();
    rounds(all);
    triangles(all);
    squares(all);
    others(all);
    return all;
  }

  private static void rounds(List<Art> all) {
    all.add(arrow(disc(BLUE), WHITE, 0));
    all.add(arrow(disc(BLUE), WHITE, 1));
    all.add(arrow(disc(BLUE), WHITE, -1));
    all.add(disc(BLUE).paint(Lettering.text("30", 0, 0, 520, 420, 70), WHITE).build());
    Art.Builder noParking = SignDrawings.ringed(180, RED, BLUE);
    all.add(noParking.line(85, RED, -560, -560, 560, 560).build());
    Art.Builder noStopping = SignDrawings.ringed(180, RED, BLUE);
    noStopping.line(80, RED, -560, -560, 560, 560).line(80, RED, 560, -560, -560, 560);
    all.add(noStopping.build());
    all.add(SignDrawings.ringed(200, RED, WHITE).build());
    all.add(SignDrawings.ringed(150, RED, WHITE).line(70, RED, -600, -600, 600, 600).build());
    Art.Builder vehicle = SignDrawings.ringed(180, RED, WHITE);
    vehicle.area(BLACK, -480, 180, -480, -20, -300, -60, -190, -260, 200, -260, 320, -60, 480, -20);
    all.add(vehicle.block(-480, -20, 480, 190, BLACK).disc(-260, 200, 110, BLACK).build());
    Art.Builder overtaking = SignDrawings.ringed(180, RED, WHITE);
    overtaking.block(-520, -170, -80, 230, RED).block(80, -170, 520, 230, BLACK);
    all.add(overtaking.build());
    all.add(arrow(SignDrawings.ringed(180, RED, WHITE), BLACK, 1));
    Art.Builder end = Art.on(Outline.circle(1000), GREY).disc(0, 0, 940, WHITE);
    end.line(50, BLACK, -480, 620, 620, -480).line(50, BLACK, -620, 480, 480, -620);
    all.add(end.build());
    Art.Builder endOfLimit = Art.on(Outline.circle(1000), GREY).disc(0, 0, 940, WHITE);
    endOfLimit.paint(Lettering.text("60", 0, 0, 500, 400, 70), GREY);
    all.add(endOfLimit.line(60, BLACK, -600, 600, 600, -600).build());
    all.add(disc(RED).build());
    all.add(disc(RED).block(-160, -700, 160, 700, WHITE).build());
    all.add(disc(RED).line(130, WHITE, -500, -500, 500, 500).build());
    all.add(disc(BLUE).block(-700, -170, 700, 170, WHITE).build());
    all.add(disc(BLACK).block(-700, -170, 700, 170, WHITE).build());
    all.add(SignDrawings.ringed(180, BLUE, WHITE).build());
    Art.Builder black = SignDrawings.ringed(160, BLACK, WHITE);
    all.add(black.paint(Lettering.text("50", 0, 0, 500, 420, 70), BLACK).build());
    Art.Builder green = SignDrawings.ringed(180, GREEN, WHITE);
    all.add(green.paint(Lettering.text("40", 0, 0, 500, 420, 70), BLACK).build());
    all.add(disc(ORANGE).build());
    all.add(disc(YELLOW).build());
    all.add(disc(GREEN).disc(0, 0, 500, WHITE).build());
    all.add(disc(RED).disc(0, 0, 660, WHITE).disc(0, 0, 330, RED).build());
  }

  private static void triangles(List<Art> all) {
    for (boolean up : new boolean[] {true, false}) {
      all.add(SignDrawings.triangle(180, BLUE, WHITE, up).build());
      all.add(SignDrawings.triangle(180, BLACK, WHITE, up).build());
      all.add(SignDrawings.triangle(180, GREEN, YELLOW, up).build());
      all.add(SignDrawings.triangle(180, RED, RED, up).build());
      all.add(SignDrawings.triangle(180, ORANGE, ORANGE, up).build());
      all.add(SignDrawings.triangle(180, BLACK, YELLOW, up).build());
      all.add(SignDrawings.triangle(120, WHITE, BLUE, up).build());
    }
  }

  private static void squares(List<Art> all) {
    all.add(square(BLUE).paint(Lettering.text("P", 0, 0, 420, 600, 110), WHITE).build());
    all.add(square(BLUE).paint(Lettering.text("H", 0, 0, 420, 600, 110), WHITE).build());
    all.add(arrow(square(BLUE), WHITE, 0));
    all.add(arrow(square(BLUE), WHITE, 1));
    all.add(square(BLUE).block(-600, -600, 600, 600, WHITE).build());
    Art.Builder cross = square(BLUE).block(-600, -600, 600, 600, WHITE);
    all.add(cross.block(-110, -480, 110, 480, RED).block(-480, -110, 480, 110, RED).build());
    all.add(square(BLUE).area(WHITE, 0, 600, -700, -500, 700, -500).build());
    Art.Builder deadEnd = square(BLUE).block(-120, -250, 120, 700, WHITE);
    all.add(deadEnd.block(-450, -600, 450, -250, RED).build());
    Art.Builder priority = Art.on(Outline.diamond(1000), BLACK);
    priority.paint(Outline.diamond(960), WHITE).paint(Outline.diamond(700), YELLOW);
    all.add(priority.build());
    all.add(arrow(Art.on(Outline.diamond(1000), YELLOW), BLACK, 0));
    all.add(Art.on(Outline.diamond(1000), ORANGE).build());
    all.add(square(WHITE).paint(Lettering.text("50", 0, 0, 600, 560, 90), BLACK).build());
    all.add(square(RED).block(-700, -190, 700, 190, WHITE).build());
    all.add(square(RED).paint(Lettering.text("STOP", 0, 0, 800, 300, 60), WHITE).build());
  }

  private static void others(List<Art> all) {
    all.add(Art.on(Outline.octagon(1000), BLUE).paint(word("STOP"), WHITE).build());
    all.add(Art.on(Outline.octagon(1000), GREEN).paint(word("OPEN"), WHITE).build());
    all.add(Art.on(Outline.octagon(1000), YELLOW).paint(word("SLOW"), BLACK).build());
    all.add(Art.on(Outline.regular(6, 1000, 0), RED).paint(word("SALE"), WHITE).build());
    all.add(Art.on(Outline.regular(5, 1000, 0.3), BLUE).build());
    Art.Builder light = Art.on(Outline.plate(420, 1000, 60), BLACK);
    all.add(
        light
            .disc(0, -600, 270, RED)
            .disc(0, 0, 270, 0x3A2A0A)
            .disc(0, 600, 270, 0x0A2A14)
            .build());
    Art.Builder go = Art.on(Outline.plate(420, 1000, 60), BLACK);
    all.add(
        go.disc(0, -600, 270, 0x3A0A0A).disc(0, 0, 270, AMBER).disc(0, 600, 270, 0x20D080).build());
    Art.Builder barrier = Art.on(Outline.plate(1000, 200, 0), WHITE);
    for (int x = -1000; x < 1000; x += 500) {
      barrier.area(RED, x, 200, x + 250, 200, x + 350, -200, x + 100, -200);
    }
    all.add(barrier.build());
    Art.Builder chevrons = Art.on(Outline.plate(1000, 500, 0), RED);
    for (int x = -900; x < 900; x += 600) {
      chevrons.area(WHITE, x, -500, x + 250, -500, x + 500, 0, x + 250, 500, x, 500, x + 250, 0);
    }
    all.add(chevrons.build());
    Art.Builder lamp = Art.on(Outline.plate(1000, 360, 120), 0x7A0E12);
    all.add(lamp.block(-900, -260, 200, 260, 0xD8202A).build());
  }

  /** A plate with lines of letters: a place name, an advertisement, a number plate. */
  private static Art plate(Dice dice) {
    int ground = PLATES[dice.below(PLATES.length)];
    boolean bright = ground == WHITE || ground == YELLOW;
    int ink = bright ? (dice.percent(20) ? RED : BLACK) : WHITE;
    int halfHeight = dice.between(200, 1000);
    int halfWidth = halfHeight > 800 ? dice.between(350, 1000) : 1000;
    Art.Builder art = Art.on(Outline.plate(halfWidth, halfHeight, dice.between(0, 100)), ink);
    art.paint(Outline.plate(halfWidth - 50, halfHeight - 50, 20), ground);
    int lines = dice.between(1, 4);
    for (int i = 0; i < lines; i++) {
      int half = (halfHeight - 80) / lines;
      int y = -halfHeight + 80 + half * (2 * i + 1);
      int wide = dice.between(halfWidth / 2, halfWidth - 120);
      art.paint(
          Lettering.text(word(dice), 0, y, wide, Math.max(60, half * 7 / 10), half / 8 + 12), ink);
    }
    return art.build();
  }

  private static String word(Dice dice) {
    StringBuilder word = new StringBuilder();
    int letters = dice.between(1, 8);
    int from = dice.percent(30) ? '0' : 'A';
    int count = from == '0' ? 10 : 26;
    for (int i = 0; i < letters; i++) {
      word.append((char) (from + dice.below(count)));
    }
    return word.toString();
  }

  private static Figure word(String text) {
    return Lettering.text(text, 0, 0, 780, 340, 70);
  }

  private static Art.Builder disc(int colour) {
    return Art.on(Outline.circle(1000), WHITE).disc(0, 0, 950, colour);
  }

  private static Art.Builder square(int colour) {
    return Art.on(Outline.plate(1000, 1000, 60), WHITE).paint(Outline.plate(940, 940, 50), colour);
  }

  /** Up for 0, to the right for 1, to the left for -1. */
  private static Art arrow(Art.Builder art, int colour, int way) {
    if (way == 0) {
      return art.line(110, colour, 0, 560, 0, -200)
          .area(colour, 0, -650, 330, -180, -330, -180)
          .build();
    }
    return art.line(110, colour, -500 * way, 0, 200 * way, 0)
        .area(colour, 650 * way, 0, 180 * way, 330, 180 * way, -330)
        .build();
  }
}
