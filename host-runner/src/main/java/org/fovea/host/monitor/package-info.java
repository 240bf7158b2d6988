/** A board at work, live in a browser on this machine. */
package org.fovea.host.monitor;
