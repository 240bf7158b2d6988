package org.fovea.host.image;

/**
 * A labelled rectangle to draw. Edges in the photo's pixels, from its top left corner.
 *
 * @param colour index into the annotator's palette, wrapping
 */
public record Mark(double left, double top, double right, double bottom, String text, int colour) {}
