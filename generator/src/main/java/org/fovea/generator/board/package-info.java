/**
 * Boards as data: what a board's file says about its memories, clocks and safety, the catalogue of
 * the boards that ship with Fovea, and the emulated twin of a silicon board. No code path depends
 * on a board's name.
 */
package org.fovea.generator.board;
