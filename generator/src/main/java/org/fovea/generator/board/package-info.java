/** Boards as data: what a YAML file in {@code boards/}, or the user's own, says about one. */
package org.fovea.generator.board;
