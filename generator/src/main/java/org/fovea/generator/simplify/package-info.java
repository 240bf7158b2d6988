/**
 * The same model in fewer kinds of operators: what only moves values becomes what it comes to.
 * Tensors keep their numbers; new ones come behind.
 */
package org.fovea.generator.simplify;
