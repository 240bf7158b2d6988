/**
 * Board files of the user's own: a known board's facts, and what the project of STM32CubeMX says
 * for the user's board.
 */
package org.fovea.generator.ioc;
