package org.fovea.host.session;

import org.fovea.host.frame.Answers;

/**
 * What the device says of the image whose rows it takes.
 *
 * @param image the host's number
 * @param sequence of the last ROW that the device had read when it said so
 * @param damaged behind that ROW came a frame that could not be read
 */
record RowNews(int image, int sequence, boolean damaged, Answers.Row at) {}
