package org.fovea.generator.plan;

/**
 * Bytes that the firmware needs.
 *
 * @param exact whether the linker must come to the same number; else it comes to no more than this
 */
public record Need(Purpose purpose, long bytes, boolean exact) {}
