/**
 * From a plan to a readable C project: Java builds views whose fields are ready for C, FreeMarker
 * puts them into text, {@link org.fovea.generator.emit.OutputTree} writes the tree at one go.
 */
package org.fovea.generator.emit;
