package org.fovea.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line stands on generator and host; these know neither it nor each other. */
class PackageOrderTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.fovea");

  @Test
  void nobodyDependsOnTheCommandLine() {
    noneOf("org.fovea.generator..", "org.fovea.cli..");
    noneOf("org.fovea.host..", "org.fovea.cli..");
  }

  @Test
  void generatorAndHostMeetOnlyInTheCommandLine() {
    noneOf("org.fovea.generator..", "org.fovea.host..");
    noneOf("org.fovea.host..", "org.fovea.generator..");
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noneOf("org.fovea.generator..", "picocli..");
    noneOf("org.fovea.host..", "picocli..");
  }

  private void noneOf(String user, String used) {
    noClasses()
        .that()
        .resideInAPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(used)
        .check(classes);
  }
}
