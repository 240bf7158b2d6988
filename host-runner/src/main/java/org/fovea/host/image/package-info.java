/** Pictures: reading, fitting to a network's input, quantising, drawing, writing. */
package org.fovea.host.image;
