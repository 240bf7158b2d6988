/**
 * From a supported graph to what the device runs: convolutions fused with tables and pools, edges
 * freed of QUANTIZE and DEQUANTIZE, all scales turned into integers. Pure: {@link
 * org.fovea.generator.lower.Lowering#lower} maps a graph to a {@link
 * org.fovea.generator.lower.Network}.
 */
package org.fovea.generator.lower;
