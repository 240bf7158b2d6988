/**
 * Procedural traffic scenes with labels: a seed and an index give the same picture, byte for byte,
 * on every machine. Geometry is set up in double arithmetic, which Java defines exactly (IEEE 754,
 * {@link StrictMath}); pixels are computed in integers.
 */
package org.fovea.host.scene;
