package org.fovea.generator.validate;

/** Why a layer loses more than rounding must, and what to do. {@link Rulebook} has the rules. */
public enum Cause {
  ALTERED_WEIGHTS(
      "single weights are not the float model's",
      "the file is damaged or of another training: quantise the float model again"),
  INPUT_SCALE(
      "the input's scale is not that of the card's pixels",
      "correct pixel_scale and pixel_offset in the card, or quantise with pictures prepared so"),
  SATURATION(
      "values lie beyond the range",
      "calibrate with more pictures such as these, or try --method minmax; in an output the step"
          + " 'head' does it on purpose to the background"),
  HEAD_SCALE(
      "one scale serves boxes and background",
      "fovea quantize with the step 'head', or split the head into two outputs"),
  WIDE_RANGE(
      "the range is far wider than the values",
      "--method percentile or mse, and calibration pictures such as the camera will see"),
  DOMINANT_FILTER(
      "one filter's weights set the scale of all",
      "quantise per channel (without --per-tensor), or --steps equalise,head,bias,rounding"),
  FEW_LEVELS(
      "weights use few of their levels",
      "quantise again, per channel: their scale is far too large"),
  DEAD_CHANNELS(
      "channels stay one integer that vary in the float model",
      "--steps equalise,head,bias,rounding brings the channels' sizes together"),
  UNEQUAL_OPERANDS(
      "operands of very different size share one scale",
      "--steps equalise,head,bias,rounding; or leave the joining to what reads it"),
  SHIFTED_BIAS("whole channels are shifted", "fovea quantize with the step 'bias'");

  private final String title;
  private final String remedy;

  Cause(String title, String remedy) {
    this.title = title;
    this.remedy = remedy;
  }

  public String title() {
    return title;
  }

  public String remedy() {
    return remedy;
  }
}
