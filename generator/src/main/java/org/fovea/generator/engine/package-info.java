/**
 * Networks that another compiler made: their files, what they need of a device, and what is not
 * checked until it runs.
 */
package org.fovea.generator.engine;
