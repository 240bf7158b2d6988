/** How good detections are: labelled pictures, average precision, where the detector fails. */
package org.fovea.host.evaluate;
