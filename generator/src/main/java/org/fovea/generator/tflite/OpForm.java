package org.fovea.generator.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One operator as the file holds it.
 *
 * @param builtin code in the schema's BuiltinOperator
 * @param version the lowest one whose meaning covers int8 and every attribute that {@link
 *     org.fovea.generator.ir.Op} has
 * @param optionsType code in the schema's BuiltinOptions
 * @param options writes the options table and gives its offset
 */
record OpForm(
    int builtin,
    int version,
    List<Integer> inputs,
    List<Integer> outputs,
    byte optionsType,
    ToIntFunction<FlatBufferBuilder> options) {}
