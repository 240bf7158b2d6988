/** What a board proves of itself: constants, every layer's bits, stacks, clock and line. */
package org.fovea.host.selftest;
