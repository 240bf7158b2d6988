/** The serial protocol's bytes, as pure functions: frames, requests, answers. No clock, no port. */
package org.fovea.host.frame;
