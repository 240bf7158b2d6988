package org.fovea.generator.ioc;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person has to look at: the file can be used as it is, and may not be the board's truth.
 */
final class Remarks {
  private final List<String> remarks = new ArrayList<>();

  void add(String remark) {
    remarks.add(remark);
  }

  List<String> list() {
    return List.copyOf(remarks);
  }
}
