package io.hermes.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hermes.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule STATELESS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "jakarta.persistence..", "io.vertx.sqlclient..", "org.hibernate..")
            .because("a worker keeps nothing: what it knows is in the task, the stores and the events it sends");

    @ArchTest
    static final ArchRule ONE_PORT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.hermes.storage.s3..", "io.hermes.storage.local..")
            .because(
                    "the worker knows stores by their port and capabilities only; put what a vendor needs into its adapter");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.hermes.worker.(*)..")
            .should()
            .beFreeOfCycles()
            .because(
                    "features build on each other in one direction: life on task, task on copy, copy on report and held");

    @ArchTest
    static final ArchRule KAFKA_AT_THE_EDGE = noClasses()
            .that(resideInAPackage("io.hermes.worker.copy..")
                    .or(resideInAPackage("io.hermes.worker.release.."))
                    .or(resideInAPackage("io.hermes.worker.held.."))
                    .or(resideInAPackage("io.hermes.worker.budget..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "io.smallrye.reactive.messaging..", "org.eclipse.microprofile.reactive..")
            .because("the protocol reports through Reports; which broker carries it is decided in task and report");

    @ArchTest
    static final ArchRule NO_BLOCKING = noClasses()
            .that()
            .resideOutsideOfPackage("io.hermes.worker.life..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.smallrye.mutiny.groups.UniAwait")
            .because("only the shutdown thread may wait; anywhere else a blocked thread is a stolen slot");

    @ArchTest
    static final ArchRule NAMES = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .because("a name says what a thing is; these words say nothing");
}
