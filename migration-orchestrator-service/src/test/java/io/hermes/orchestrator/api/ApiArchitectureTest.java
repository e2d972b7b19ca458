package io.hermes.orchestrator.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import org.hibernate.annotations.DynamicUpdate;

@AnalyzeClasses(packages = "io.hermes.orchestrator", importOptions = ImportOption.DoNotIncludeTests.class)
class ApiArchitectureTest {

    @ArchTest
    static final ArchRule RESOURCES_DECIDE_NOTHING = noClasses()
            .that()
            .resideInAPackage("..orchestrator.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..orchestrator.item..",
                    "..orchestrator.outbox..",
                    "..orchestrator.plan..",
                    "..orchestrator.dispatch..",
                    "..orchestrator.project..",
                    "..orchestrator.sweep..",
                    "io.vertx.mutiny.sqlclient..",
                    "jakarta.persistence..")
            .because("a resource words requests and answers; job and view know the rules and the tables");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_RESOURCES = noClasses()
            .that()
            .resideOutsideOfPackage("..orchestrator.api..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..orchestrator.api..")
            .because("HTTP is one way in among others");

    @ArchTest
    static final ArchRule VIEWS_ONLY_READ = noClasses()
            .that()
            .resideInAPackage("..orchestrator.view..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Transactions")
            .because("a view is read by statements that change nothing");

    @ArchTest
    static final ArchRule ENTITIES_STAY_AT_HOME = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .beAnnotatedWith(DynamicUpdate.class)
            .because("an entity that leaves its package is changed by people who do not know its transaction");

    @ArchTest
    static final ArchRule EVERY_ROUTE_NAMES_ITS_ROLE = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Path.class)
            .and()
            .areMetaAnnotatedWith(jakarta.ws.rs.HttpMethod.class)
            .should()
            .beAnnotatedWith(RolesAllowed.class)
            .because("what is not annotated is denied, which a user would see and a build should");
}
