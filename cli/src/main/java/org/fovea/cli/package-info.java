/** The commands of {@code fovea}: parse, delegate, print. */
package org.fovea.cli;
