package org.fovea.host.report;

/** A vertical axis from 0 to a round number, with about four lines. */
record Scale(double step, int lines) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};
  private static final int LINES = 4;

  static Scale upTo(double most) {
    double rough = Math.max(most, 1e-9) / LINES;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (int i = ROUND.length - 1; i >= 0; i--) {
      step = ROUND[i] * power >= rough ? ROUND[i] * power : step;
    }
    return new Scale(step, (int) Math.max(1, Math.ceil(most / step - 1e-9)));
  }

  double top() {
    return step * lines;
  }

  /** Of a line, short: 12, 0.5, 4 M. */
  static String label(double value) {
    if (value >= 10_000) {
      return Figures.metric(Math.round(value));
    }
    return value == Math.rint(value)
        ? Figures.decimal(value, 0)
        : Figures.decimal(value, value < 1 ? 2 : 1);
  }
}
