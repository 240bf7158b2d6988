/**
 * Post-training quantisation: a float {@link org.fovea.generator.ir.Graph} and calibration images
 * in, an int8 graph by TFLite's quantisation specification and a report out.
 */
package org.fovea.generator.quantize;
