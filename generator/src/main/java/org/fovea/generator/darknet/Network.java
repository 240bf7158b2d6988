package org.fovea.generator.darknet;

import java.util.List;
import org.fovea.generator.ir.Shape;

/**
 * What a .cfg file says, free of contradictions.
 *
 * @param letterbox whether pictures keep their aspect ratio
 * @param notes what the importer could not carry over, a sentence each
 */
record Network(Shape input, List<Layer> layers, boolean letterbox, List<String> notes) {
  Network {
    layers = List.copyOf(layers);
    notes = List.copyOf(notes);
  }
}
