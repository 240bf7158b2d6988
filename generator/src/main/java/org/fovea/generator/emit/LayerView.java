package org.fovea.generator.emit;

import java.util.List;

/**
 * One layer as the network template wants it.
 *
 * @param title one line, safe in a comment
 * @param notes more lines for the comment above the layer's parameters
 * @param calls C statements of the layer's case
 */
public record LayerView(
    int index, String title, List<String> notes, List<Parameters> parameters, List<String> calls) {

  /** A constant parameter struct and the lookup arrays that it points to. */
  public record Parameters(String type, String name, List<Field> fields, List<Array> arrays) {}

  /** A designated initialiser. */
  public record Field(String name, String value) {
    static Field of(String name, int value) {
      return new Field(name, CLiteral.int32(value));
    }
  }

  /** A static array of uint16_t. */
  public record Array(String name, String values) {}
}
