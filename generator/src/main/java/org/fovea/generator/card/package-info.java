/**
 * Model cards: what a model file does not say about itself, namely its input's preparation, its
 * detection head, its labels, licence and source.
 */
package org.fovea.generator.card;
