/** Builds a generated project with CMake and reads the sizes that the linker gave. */
package org.fovea.generator.build;
