/** What an int8 model lost of its float model, layer by layer, and why. */
package org.fovea.generator.validate;
