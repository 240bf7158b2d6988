/** Lines to a board: a serial port or a TCP socket. */
package org.fovea.host.port;
