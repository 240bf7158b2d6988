/** From output tensors to boxes on the photo. */
package org.fovea.host.detect;
