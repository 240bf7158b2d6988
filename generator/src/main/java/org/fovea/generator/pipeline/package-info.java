/** The order of things, from a model file to a built project. */
package org.fovea.generator.pipeline;
