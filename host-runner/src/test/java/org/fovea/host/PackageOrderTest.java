package org.fovea.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageOrderTest {
  private static final List<String> ORDER =
      List.of(
          "fault",
          "manifest",
          "frame",
          "port",
          "remote",
          "session",
          "image",
          "scene",
          "detect",
          "evaluate",
          "emulator",
          "selftest",
          "flash",
          "bench",
          "report",
          "monitor");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.fovea.host");

  @Test
  void aPackageUsesOnlyThoseBeforeIt() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream().map(this::inside).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(inside(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(classes);
    }
  }

  @Test
  void onlyThePortsKnowTheSerialLibrary() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.fovea.host.port.SerialPortLine")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fazecast..")
        .check(classes);
  }

  private String inside(String name) {
    return "org.fovea.host." + name + "..";
  }
}
