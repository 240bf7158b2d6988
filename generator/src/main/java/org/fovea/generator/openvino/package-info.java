/**
 * OpenVINO's intermediate representation, an {@code .xml} and its {@code .bin}, as float graphs in
 * TFLite's layout. Rules are those of the public documentation of IR 10 and 11 and of the operation
 * sets. Both files are untrusted: reading ends in a model or in {@link
 * org.fovea.generator.fault.UserFault.ModelRejected}.
 */
package org.fovea.generator.openvino;
