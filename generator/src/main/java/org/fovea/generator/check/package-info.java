/**
 * What the int8 kernels run, as data: each rule is one sentence that stands in the error message
 * and in docs/SUPPORTED_OPS.md.
 */
package org.fovea.generator.check;
