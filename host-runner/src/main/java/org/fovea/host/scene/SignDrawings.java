package org.fovea.host.scene;

import static org.fovea.host.scene.Paint.AMBER;
import static org.fovea.host.scene.Paint.BLACK;
import static org.fovea.host.scene.Paint.BLUE;
import static org.fovea.host.scene.Paint.GREEN;
import static org.fovea.host.scene.Paint.RED;
import static org.fovea.host.scene.Paint.WHITE;
import static org.fovea.host.scene.Paint.YELLOW;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The drawings of the six signs. */
final class SignDrawings {
  private static final Map<SignClass, List<Art>> ALL = all();

  private SignDrawings() {}

  /** The variants of a sign. */
  static List<Art> of(SignClass kind) {
    return ALL.get(kind);
  }

  private static Map<SignClass, List<Art>> all() {
    Map<SignClass, List<Art>> all = new EnumMap<>(SignClass.class);
    all.put(SignClass.STOP, stop());
    all.put(SignClass.YIELD, yields());
    all.put(SignClass.NO_ENTRY, noEntry());
    all.put(SignClass.SPEED_LIMIT, speedLimits());
    all.put(SignClass.WARNING, warnings());
    all.put(SignClass.PEDESTRIAN_CROSSING, pedestrianCrossings());
    return all;
  }

  private static List<Art> stop() {
    List<Art> variants = new ArrayList<>();
    for (String word : List.of("STOP", "STOP", "STOP", "ALTO", "PARE", "DUR")) {
      for (int rim : new int[] {40, 80}) {
        Art.Builder art = Art.on(Outline.octagon(1000), WHITE);
        art.paint(Outline.octagon(1000 - rim), RED);
        art.paint(Lettering.text(word, 0, 0, 800, 360, 75), WHITE);
        variants.add(art.build());
      }
    }
    return variants;
  }

  private static List<Art> yields() {
    List<Art> variants = new ArrayList<>();
    for (int border : new int[] {150, 210, 270}) {
      for (int inside : new int[] {WHITE, WHITE, YELLOW}) {
        variants.add(triangle(border, inside, false).build());
      }
    }
    return variants;
  }

  private static List<Art> noEntry() {
    List<Art> variants = new ArrayList<>();
    for (int rim : new int[] {0, 40, 70}) {
      for (int bar : new int[] {150, 190, 220}) {
        Art.Builder art = Art.on(Outline.circle(1000), WHITE);
        art.disc(0, 0, 1000 - rim, RED);
        art.block(-760, -bar, 760, bar, WHITE);
        variants.add(art.build());
      }
    }
    return variants;
  }

  private static List<Art> speedLimits() {
    List<Art> variants = new ArrayList<>();
    String[] limits = {
      "5", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100", "110", "120", "130"
    };
    for (String limit : limits) {
      for (int ring : new int[] {160, 210, 250}) {
        int inside = ring == 250 ? YELLOW : WHITE;
        Art.Builder art = ringed(ring, RED, inside);
        int width = limit.length() == 1 ? 300 : limit.length() == 2 ? 520 : 640;
        art.paint(Lettering.text(limit, 0, 0, width, 440, 80 - 8 * limit.length()), BLACK);
        variants.add(art.build());
      }
    }
    return variants;
  }

  private static List<Art> warnings() {
    List<Consumer<Art.Builder>> symbols =
        List.of(
            SignDrawings::exclamation,
            SignDrawings::bendRight,
            SignDrawings::bendLeft,
            SignDrawings::doubleBend,
            SignDrawings::crossroads,
            SignDrawings::humps,
            SignDrawings::narrows,
            SignDrawings::trafficLights,
            SignDrawings::railway,
            SignDrawings::twoWay,
            SignDrawings::walkers,
            SignDrawings::rocks);
    List<Art> variants = new ArrayList<>();
    for (Consumer<Art.Builder> symbol : symbols) {
      for (int border : new int[] {130, 180, 230}) {
        Art.Builder art = triangle(border, border == 230 ? YELLOW : WHITE, true);
        symbol.accept(art);
        variants.add(art.build());
      }
    }
    return variants;
  }

  private static List<Art> pedestrianCrossings() {
    List<Art> variants = new ArrayList<>();
    for (int facing : new int[] {1, -1}) {
      for (int height : new int[] {1000, 1000, 1000, 1250}) {
        for (int stripes : new int[] {3, 5}) {
          int shrink = height == 1000 ? 1000 : 800;
          Art.Builder art =
              Art.on(Outline.plate(shrink, height * shrink / 1000, 60 * shrink / 1000), WHITE);
          art.paint(
              Outline.plate(shrink * 95 / 100, height * shrink / 1000 - shrink / 20, 50), BLUE);
          int half = 800 * shrink / 1000;
          art.area(WHITE, 0, -half, half, half * 3 / 4, -half, half * 3 / 4);
          walker(art, facing, shrink);
          for (int i = 0; i < stripes; i++) {
            int step = 1060 / stripes;
            int left = (-530 + i * step) * shrink / 1000;
            int top = 470 * shrink / 1000;
            art.block(left, top, left + step * shrink / 2000, top + 90 * shrink / 1000, BLACK);
          }
          variants.add(art.build());
        }
      }
    }
    return variants;
  }

  /** A disc with a border. */
  static Art.Builder ringed(int border, int ring, int inside) {
    return Art.on(Outline.circle(1000), ring).disc(0, 0, 1000 - border, inside);
  }

  private static Art.Builder triangle(int border, int inside, boolean up) {
    return triangle(border, RED, inside, up);
  }

  /** A triangle with a border. */
  static Art.Builder triangle(int border, int edge, int inside, boolean up) {
    int half = 1080;
    Art.Builder art = Art.on(Outline.triangle(half, 120, up), edge);
    Figure.Convex inner = Outline.triangle(half - border * 7 / 4, 40, up);
    int shift = (up ? 1 : -1) * (half - (half - border * 7 / 4)) * 10 / 35;
    Points moved = inner.corners().map((x, y) -> x, (x, y) -> y + shift / 2);
    return art.paint(Figure.Convex.of(moved), inside);
  }

  private static void walker(Art.Builder art, int facing, int shrink) {
    int f = facing;
    int[][] limbs = {
      {0, -260, -20 * f, 40},
      {-20 * f, 40, 150 * f, 240, 190 * f, 430},
      {-20 * f, 40, -110 * f, 230, -230 * f, 400},
      {0, -230, 190 * f, -60},
      {0, -230, -160 * f, -40, -200 * f, 60}
    };
    for (int[] limb : limbs) {
      int[] points = limb.clone();
      for (int i = 0; i < points.length; i++) {
        points[i] = points[i] * shrink / 1000;
      }
      art.line(58 * shrink / 1000, BLACK, points);
    }
    art.disc(20 * f * shrink / 1000, -400 * shrink / 1000, 95 * shrink / 1000, BLACK);
  }

  private static void exclamation(Art.Builder art) {
    art.area(BLACK, -95, -330, 95, -330, 50, 260, -50, 260).disc(0, 410, 85, BLACK);
  }

  private static void bendRight(Art.Builder art) {
    art.line(65, BLACK, -110, 480, -110, 60, 90, -130).area(BLACK, 190, -300, 200, 10, -60, -180);
  }

  private static void bendLeft(Art.Builder art) {
    art.line(65, BLACK, 110, 480, 110, 60, -90, -130).area(BLACK, -190, -300, -200, 10, 60, -180);
  }

  private static void doubleBend(Art.Builder art) {
    art.line(60, BLACK, 60, 500, 60, 340, -110, 180, -110, 40, 60, -120, 60, -260)
        .area(BLACK, 60, -420, 190, -200, -70, -200);
  }

  private static void crossroads(Art.Builder art) {
    art.line(70, BLACK, 0, -230, 0, 480).line(55, BLACK, -310, 180, 310, 180);
  }

  private static void humps(Art.Builder art) {
    art.disc(-190, 330, 170, BLACK).disc(190, 330, 170, BLACK);
    art.block(-480, 330, 480, 450, BLACK);
  }

  private static void narrows(Art.Builder art) {
    art.line(58, BLACK, -250, 480, -250, 220, -110, 40, -110, -200);
    art.line(58, BLACK, 250, 480, 250, 220, 110, 40, 110, -200);
  }

  private static void trafficLights(Art.Builder art) {
    art.block(-150, -330, 150, 480, BLACK);
    art.disc(0, -190, 105, RED).disc(0, 75, 105, AMBER).disc(0, 340, 105, GREEN);
  }

  private static void railway(Art.Builder art) {
    for (int x = -300; x <= 300; x += 200) {
      art.block(x - 45, -60, x + 45, 470, BLACK);
    }
    art.block(-400, 60, 400, 140, BLACK).block(-400, 310, 400, 390, BLACK);
  }

  private static void twoWay(Art.Builder art) {
    art.line(50, BLACK, -140, 470, -140, 0).area(BLACK, -140, -200, 0, 40, -280, 40);
    art.line(50, BLACK, 160, -100, 160, 280).area(BLACK, 160, 480, 20, 240, 300, 240);
  }

  private static void walkers(Art.Builder art) {
    for (int x : new int[] {-170, 170}) {
      art.disc(x, -130, 85, BLACK).line(60, BLACK, x, 20, x, 220);
      art.line(45, BLACK, x, 220, x - 110, 460).line(45, BLACK, x, 220, x + 110, 460);
    }
  }

  private static void rocks(Art.Builder art) {
    art.area(BLACK, -420, -60, -180, -200, -60, 480, -420, 480);
    art.disc(90, 60, 75, BLACK).disc(210, 260, 90, BLACK).disc(80, 420, 65, BLACK);
  }
}
