package org.fovea.host.scene;

/** What lies behind the signs. */
sealed interface Backdrop permits Countryside, DeadLeaves, Facade, PhotoBackdrop {
  void paint(Frame frame, Dice dice);

  /** One of the drawn kinds. */
  static Backdrop drawn(Dice dice) {
    int draw = dice.below(100);
    if (draw < 45) {
      return new Countryside();
    }
    return draw < 85 ? new DeadLeaves() : new Facade();
  }
}
