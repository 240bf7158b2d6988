package org.fovea.host.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.host.image.Photo;

/**
 * A family of scenes. Sides of signs are log-uniform between 8 and 90 percent of the frame; one to
 * five signs and at least two look-alikes a scene; every twentieth scene has no sign.
 */
public final class Scenes {
  /** Pixels of the smallest frame. */
  public static final int LEAST_SIZE = 64;

  /** Pixels of the largest frame. */
  public static final int MOST_SIZE = 1024;

  private static final double LEAST_SIDE = 0.08;
  private static final double MOST_SIDE = 0.9;
  private static final double LEAST_VISIBLE = 0.6;

  /** What signs leave of each other. */
  private static final double CLEAR = 0.85;

  private static final int[] COUNTS = {1, 1, 1, 2, 2, 2, 3, 3, 4, 5};
  private static final int TRIES = 30;

  private final long seed;
  private final int size;
  private final List<Photo> backgrounds;

  /**
   * @param size width and height in pixels, {@value #LEAST_SIZE} .. {@value #MOST_SIZE}
   * @param backgrounds photographs to stand before; when empty, drawn ones
   */
  public Scenes(long seed, int size, List<Photo> backgrounds) {
    this.seed = seed;
    this.size = size;
    this.backgrounds = List.copyOf(backgrounds);
  }

  /** The scene of an index, 0 or above. */
  public Scene scene(int index) {
    Dice dice = Dice.of(seed, index);
    Dice camera = dice.fork();
    Frame frame = new Frame(size);
    backdrop(dice).paint(frame, dice.fork());
    Stage stage = new Stage(frame);
    distractors(stage, dice.fork());
    if (!dice.percent(5)) {
      signs(stage, dice);
    }
    occluders(stage, dice.fork());
    Dice late = dice.fork();
    for (int i = 0; i < TRIES && stage.distractors() < 2; i++) {
      distractor(stage, late, 0.06, 0.2);
    }
    byte[] rgb = new Camera(camera).expose(frame);
    return new Scene(Photo.ofRgb(size, size, rgb), stage.signs());
  }

  private Backdrop backdrop(Dice dice) {
    return backgrounds.isEmpty() ? Backdrop.drawn(dice) : new PhotoBackdrop(dice.pick(backgrounds));
  }

  private void distractors(Stage stage, Dice dice) {
    int count = dice.between(2, 6);
    for (int i = 0; i < count; i++) {
      distractor(stage, dice, 0.06, 0.6);
    }
  }

  private void distractor(Stage stage, Dice dice, double least, double most) {
    Art art = Lookalikes.pick(dice);
    double side = logUniform(dice, least, most);
    View view = turned(dice).placed(art.outline(), side * size, anywhere(dice), anywhere(dice));
    stage.put(new Stage.Cast(art, view, Light.of(dice), Optional.empty(), 0.001), LEAST_VISIBLE);
  }

  /** Largest first, so that all find a place. */
  private void signs(Stage stage, Dice dice) {
    int count = COUNTS[dice.below(COUNTS.length)];
    List<Double> sides = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sides.add(logUniform(dice, LEAST_SIDE, MOST_SIDE));
    }
    sides.sort(Collections.reverseOrder());
    for (double side : sides) {
      sign(stage, dice, side);
    }
  }

  private void sign(Stage stage, Dice dice, double side) {
    SignClass kind = dice.pick(List.of(SignClass.values()));
    Art art = dice.pick(SignDrawings.of(kind));
    View turned = turned(dice);
    Light light = Light.of(dice);
    boolean pole = dice.percent(50);
    for (int i = 0; i < TRIES; i++) {
      double reach = dice.percent(85) ? side / 2 : side / 4;
      double x = dice.between(reach, 1 - reach) * size;
      double y = dice.between(reach, 1 - reach) * size;
      View view = turned.placed(art.outline(), side * size, x, y);
      Stage.Cast cast = new Stage.Cast(art, view, light, Optional.of(kind), LEAST_VISIBLE);
      if (stage.put(cast, CLEAR)) {
        if (pole) {
          post(stage, dice, x, view.bounds(art.outline()).bottom(), side);
        }
        return;
      }
    }
  }

  /** A post from a sign's foot down. */
  private void post(Stage stage, Dice dice, double x, double foot, double side) {
    double tall = side * dice.between(1.0, 3.0) * size;
    int half = (int) (1000 * dice.between(0.03, 0.08) * side * size / tall) + 8;
    int grey = dice.between(0x50, 0xC0) * 0x010101;
    Art art = Art.on(Outline.plate(half, 1000, 0), grey).build();
    View view = View.flat().placed(art.outline(), tall, x, foot - 1 + tall / 2);
    stage.put(new Stage.Cast(art, view, Light.of(dice), Optional.empty(), 0), CLEAR);
  }

  private void occluders(Stage stage, Dice dice) {
    if (dice.percent(55)) {
      return;
    }
    int count = dice.between(1, 3);
    for (int i = 0; i < count; i++) {
      double side = logUniform(dice, 0.08, 0.6);
      Art art = dice.percent(60) ? foliage(dice) : bar(dice);
      View view =
          View.turned(0, 0, dice.around(1.5), 4)
              .placed(art.outline(), side * size, anywhere(dice), anywhere(dice));
      stage.put(new Stage.Cast(art, view, Light.of(dice), Optional.empty(), 0), LEAST_VISIBLE);
    }
  }

  /** Leaves on a twig. */
  private static Art foliage(Dice dice) {
    int green = dice.between(0x20, 0x60) << 16 | dice.between(0x40, 0x90) << 8 | dice.below(0x40);
    Art.Builder art = Art.within(Outline.circle(1000));
    art.line(
        dice.between(15, 50), 0x4A3728, -900, (int) dice.around(500), 850, (int) dice.around(500));
    int leaves = dice.between(6, 26);
    for (int i = 0; i < leaves; i++) {
      int x = (int) dice.around(900);
      int y = (int) dice.around(700);
      int shade = dice.between(0, 0x18) * 0x010101;
      int length = dice.between(60, 260);
      int dx = dice.between(-length, length);
      int dy = dice.between(-length, length);
      art.line(dice.between(30, 110), green + shade, x, y, x + dx, y + dy);
    }
    return art.build();
  }

  /** A lamp post, a cable, the edge of a wall. */
  private static Art bar(Dice dice) {
    int half = dice.between(15, 160);
    int grey = dice.between(0x18, 0xC8) * 0x010101;
    return Art.on(Outline.plate(half, 1000, 0), grey).build();
  }

  private static View turned(Dice dice) {
    double yaw = dice.around(0.9);
    double pitch = dice.around(0.4);
    double roll = dice.percent(88) ? dice.around(0.2) : dice.around(0.6);
    return View.turned(yaw, pitch, roll, dice.between(2.5, 8));
  }

  private double anywhere(Dice dice) {
    return dice.unit() * size;
  }

  private static double logUniform(Dice dice, double least, double most) {
    return least * StrictMath.exp(dice.unit() * StrictMath.log(most / least));
  }
}
