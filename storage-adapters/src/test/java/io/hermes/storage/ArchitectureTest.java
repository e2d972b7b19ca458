package io.hermes.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hermes.storage", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String PORT = "io.hermes.storage";

    @ArchTest
    static final ArchRule thePortDependsOnNoSdk = classes()
            .that()
            .resideInAPackage(PORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PORT, "java..", "io.smallrye.mutiny..", "jakarta.enterprise..", "jakarta.inject..")
            .because(
                    "a type of an SDK in the port would bind every adapter and every service to it. Translate it at the"
                            + " adapter's border: values into records of the port, exceptions into StorageException");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching("io.hermes.storage.(*)..")
            .namingSlices("adapter $1")
            .as("adapters")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage("io.hermes.storage.document", "io.hermes.storage.settings"))
            .because(
                    "an adapter must be removable without another noticing. What two of them need belongs to the port, or to"
                            + " io.hermes.storage.document if it is about documents and not about stores; to"
                            + " io.hermes.storage.settings if it is about how a type is configured");

    @ArchTest
    static final ArchRule onlyTheS3AdapterKnowsTheAwsSdk = noClasses()
            .that()
            .resideOutsideOfPackage("io.hermes.storage.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.netty..")
            .because("one SDK, one package. Extend the port if another package needs what the SDK can do");

    @ArchTest
    static final ArchRule storesAreOpenedInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.hermes.storage.StoreAssembly")
            .and()
            .doNotHaveFullyQualifiedName("io.hermes.storage.StoreFactory")
            .should()
            .callMethod(StoreFactory.class, "open", StoreSettings.class)
            .orShould()
            .callMethod(StoreFactory.class, "open", StoreSettings.class, Pace.class)
            .because(
                    "StoreAssembly puts the decorators around a store, the guard of a provider that is not writable among"
                            + " them. Call StoreAssembly.open instead");
}
