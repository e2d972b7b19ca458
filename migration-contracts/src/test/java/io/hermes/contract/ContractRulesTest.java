package io.hermes.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What keeps the contracts a border and not a library. */
@AnalyzeClasses(packages = "io.hermes.contract", importOptions = ImportOption.DoNotIncludeTests.class)
class ContractRulesTest {

    @ArchTest
    static final ArchRule knowsNothingButAnnotations = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.hermes.contract..", "java..", "com.fasterxml.jackson.annotation..")
            .because(
                    "every service carries this module, so a dependency here is a dependency everywhere: put the logic into"
                            + " the service that needs it, or into service-edge");
}
