package org.fovea.generator.emit;

/** FV_RUNTIME_ABI of firmware-templates/runtime/fv_net.h; a generated file asserts that it fits. */
final class RuntimeAbi {
  static final int VERSION = 1;

  private RuntimeAbi() {}
}
