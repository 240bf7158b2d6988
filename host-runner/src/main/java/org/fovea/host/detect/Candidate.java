package org.fovea.host.detect;

/**
 * A box before suppression.
 *
 * @param index of cell and anchor in the tensor: breaks ties of the score
 * @param box in fractions of the network's input, not clipped
 */
record Candidate(int index, int classIndex, double score, Box box) {}
