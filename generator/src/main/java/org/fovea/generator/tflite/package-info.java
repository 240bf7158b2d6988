/**
 * The .tflite file format, both ways. Files are untrusted: reading ends in a graph or in {@link
 * org.fovea.generator.fault.UserFault.ModelRejected}, with memory bounded by the file's size.
 */
package org.fovea.generator.tflite;
