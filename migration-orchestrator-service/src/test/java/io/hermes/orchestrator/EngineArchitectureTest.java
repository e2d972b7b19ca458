package io.hermes.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hermes.orchestrator", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {

    @ArchTest
    static final ArchRule THE_FLOOR_KNOWS_NOBODY_ABOVE = noClasses()
            .that()
            .resideInAnyPackage(
                    "..orchestrator.state..",
                    "..orchestrator.item..",
                    "..orchestrator.outbox..",
                    "..orchestrator.timeline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..orchestrator.plan..",
                    "..orchestrator.dispatch..",
                    "..orchestrator.project..",
                    "..orchestrator.sweep..",
                    "..orchestrator.validate..",
                    "..orchestrator.job..",
                    "..orchestrator.view..",
                    "..orchestrator.ledger..",
                    "..orchestrator.purge..",
                    "..orchestrator.api..")
            .because(
                    "state, item, outbox and timeline own their tables and are used by everything; say WorkReady instead of calling upwards");

    @ArchTest
    static final ArchRule PLANNING_WRITES_NO_OUTBOX_ROWS = noClasses()
            .that()
            .resideInAPackage("..orchestrator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..orchestrator.outbox..", "..orchestrator.dispatch..", "..orchestrator.project..")
            .because("a page is items, counters and a token; the dispatcher hears of it by WorkReady");

    @ArchTest
    static final ArchRule THE_ENGINE_HAS_NO_ENTITIES = noClasses()
            .that()
            .resideInAnyPackage(
                    "..orchestrator.state..",
                    "..orchestrator.item..",
                    "..orchestrator.outbox..",
                    "..orchestrator.plan..",
                    "..orchestrator.dispatch..",
                    "..orchestrator.project..",
                    "..orchestrator.validate..",
                    "..orchestrator.sweep..",
                    "..orchestrator.timeline..",
                    "..orchestrator.purge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..")
            .because("no transaction uses both persistence tools; the engine's tables are plain SQL");
}
