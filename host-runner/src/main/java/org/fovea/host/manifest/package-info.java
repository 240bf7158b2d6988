/** The deployment manifest, read strictly: what the host knows about a firmware. */
package org.fovea.host.manifest;
