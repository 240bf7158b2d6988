/**
 * Programs a board's flash through whichever tool is installed. Nothing in here erases more than
 * what it writes, and nothing names option bytes or one-time programmable memory.
 */
package org.fovea.host.flash;
