package org.fovea.generator.ioc;

/**
 * Something that a project says.
 *
 * @param key where it says it; of several keys, their list
 * @param line of the first of them, from 1
 */
record Taken<T>(T value, String key, int line) {}
