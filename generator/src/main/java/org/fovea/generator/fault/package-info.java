/** What can go wrong through the user's files, boards and tools, and how it is told. */
package org.fovea.generator.fault;
