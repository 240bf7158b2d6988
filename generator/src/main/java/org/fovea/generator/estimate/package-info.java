/**
 * How long an inference may take: what each kernel repeats in the steps of a plan, times what one
 * repetition costs ({@code firmware-templates/kernel-costs.csv}), and the time in which the weights
 * cross their memory. Estimated, never measured.
 */
package org.fovea.generator.estimate;
