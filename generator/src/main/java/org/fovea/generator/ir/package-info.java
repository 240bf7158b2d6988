/**
 * The model as Fovea sees it: a {@link org.fovea.generator.ir.Graph} of tensors and sealed {@link
 * org.fovea.generator.ir.Op operators}, immutable, free of any file format.
 */
package org.fovea.generator.ir;
