/**
 * Untrusted YAML files read into a plain tree whose nodes know their line, and typed reading of
 * that tree which collects every finding instead of stopping at the first.
 */
package org.fovea.generator.yaml;
