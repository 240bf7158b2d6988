package org.fovea.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageOrderTest {
  private static final String ROOT = "org.fovea.generator";
  private static final List<String> ORDER =
      List.of(
          "ir",
          "fault",
          "yaml",
          "tflite",
          "simplify",
          "check",
          "reference",
          "lower",
          "board",
          "ioc",
          "card",
          "darknet",
          "openvino",
          "quantize",
          "validate",
          "kernel",
          "plan",
          "engine",
          "estimate",
          "emit",
          "build",
          "pipeline");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everyPackageHasItsPlace() {
    assertThat(classes)
        .extracting(c -> c.getPackageName().substring(ROOT.length() + 1))
        .hasSameElementsAs(ORDER);
  }

  @Test
  void aPackageUsesOnlyThoseBeforeIt() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(PackageOrderTest::inside)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(inside(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(classes);
    }
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }
}
