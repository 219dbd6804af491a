package io.gatehouse.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the house: which room may know which. */
class ArchitectureTest {
  private static final int MAX_LINES = 400;
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.gatehouse");

  @Test
  void modules_point_one_way() {
    noClasses()
        .that()
        .resideInAPackage("io.gatehouse.platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gatehouse.engines..",
            "io.gatehouse.cloud..",
            "io.gatehouse.directory..",
            "io.gatehouse.server..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.gatehouse.engines..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gatehouse.cloud..", "io.gatehouse.directory..", "io.gatehouse.server..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.gatehouse.cloud..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gatehouse.directory..", "io.gatehouse.server..", "io.gatehouse.engines.postgres..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.gatehouse.directory..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.gatehouse.cloud..", "io.gatehouse.engines..", "io.gatehouse.server..")
        .check(ALL);
  }

  @Test
  void only_stores_know_sql() {
    noClasses()
        .that(
            are(
                resideInAPackage("io.gatehouse.cloud..")
                    .or(resideInAPackage("io.gatehouse.directory.."))
                    .or(resideInAPackage("io.gatehouse.server.."))
                    .or(resideInAPackage("io.gatehouse.platform.audit.."))))
        .and()
        .haveSimpleNameNotEndingWith("Store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi..", "java.sql..")
        .check(ALL);
  }

  @Test
  void only_the_edge_knows_our_http_server() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gatehouse.platform.edge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..")
        .check(ALL);
  }

  @Test
  void services_do_not_know_the_edge() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gatehouse.cloud..", "io.gatehouse.directory..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.gatehouse.platform.edge..")
        .check(ALL);
  }

  @Test
  void stores_are_used_by_their_own_context_only() {
    for (String context : List.of("io.gatehouse.cloud..", "io.gatehouse.directory..")) {
      classes()
          .that(are(simpleNameEndingWith("Store").and(resideInAPackage(context))))
          .should()
          .onlyBeAccessed()
          .byAnyPackage(context)
          .check(ALL);
    }
  }

  @Test
  void time_and_ids_are_passed_in() {
    noClasses()
        .that()
        .resideInAnyPackage("io.gatehouse.cloud..", "io.gatehouse.directory..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(ALL);
    noClasses()
        .that()
        .resideInAnyPackage("io.gatehouse.cloud..", "io.gatehouse.directory..")
        .and()
        .haveNameNotMatching(".*GatewayTime.*")
        .should()
        .callMethod(Thread.class, "sleep", Duration.class)
        .check(ALL);
  }

  @Test
  void modules_have_no_cycles_of_packages() {
    for (String module : List.of("platform", "engines", "cloud", "directory", "server")) {
      slices()
          .matching("io.gatehouse." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(ALL);
    }
  }

  @Test
  void files_stay_short() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> longOnes =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("src/main"))
              .filter(file -> lines(file) > MAX_LINES)
              .toList();
      assertThat(longOnes).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
