package io.hermes.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

@AnalyzeClasses(packages = "io.hermes.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ENTITIES_STAY_AT_HOME = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAnyPackage("..provider", "..audit")
            .because("a row leaves its package as a record; a mutable entity in an answer leaks secrets and sessions");

    @ArchTest
    static final ArchRule PROVIDER_IS_THE_FLOOR = noClasses()
            .that()
            .resideInAPackage("..provider")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..registry.api..",
                    "..registry.budget..",
                    "..registry.internal..",
                    "..registry.health..",
                    "..registry.statistics..")
            .because("routes depend on providers, not the other way round; move what both need into 'provider'");

    @ArchTest
    static final ArchRule PERSISTENCE_STAYS_AT_HOME = noClasses()
            .that()
            .resideOutsideOfPackages("..provider", "..audit", "..outbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "io.vertx.sqlclient..")
            .because("each table has one package that owns it; ask Providers, ProviderClaims, Audit or ProviderOutbox");

    @ArchTest
    static final ArchRule NOTHING_BLOCKS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "io.agroal..")
            .because("JDBC blocks the event loop; it is there for Flyway alone. Use the reactive session");

    @ArchTest
    static final ArchRule ROUTES_DO_NOT_KNOW_STORES = noClasses()
            .that()
            .resideInAnyPackage("..registry.api..", "..registry.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.hermes.storage..")
            .because("stores are opened for probes and scans only, which are bounded; use 'probe' or 'statistics'");
}
