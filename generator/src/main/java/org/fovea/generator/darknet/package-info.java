/**
 * Darknet's networks, a {@code .cfg} and its {@code .weights}, as float graphs in TFLite's layout.
 * Rules and formulas are those of Darknet's own source (github.com/AlexeyAB/darknet at 59596d7).
 * Both files are untrusted: reading ends in a model or in {@link
 * org.fovea.generator.fault.UserFault.ModelRejected}.
 */
package org.fovea.generator.darknet;
