/** An emulated board as a child process that never outlives its parent. */
package org.fovea.host.emulator;
