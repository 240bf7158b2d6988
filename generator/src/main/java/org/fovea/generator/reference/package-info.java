/**
 * TFLite's reference int8 arithmetic in plain Java, bit for bit: the oracle of every kernel, and
 * the source of the integer constants in the firmware.
 */
package org.fovea.generator.reference;
