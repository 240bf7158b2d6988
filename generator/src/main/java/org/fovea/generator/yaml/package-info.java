/** YAML files of facts, read so that every finding can name its line. */
package org.fovea.generator.yaml;
