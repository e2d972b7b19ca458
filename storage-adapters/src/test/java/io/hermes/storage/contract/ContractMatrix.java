package io.hermes.storage.contract;

import io.hermes.storage.Capabilities;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Notes for every store what it declared and which tests were run and skipped, for {@link MatrixTable}. */
final class ContractMatrix implements AfterTestExecutionCallback, AfterAllCallback, TestWatcher {

    /** Set to {@code false} for runs that prove something about the suite and not about a store. */
    static final String ENABLED = "contract.matrix";

    private static final Namespace NAMES = Namespace.create(ContractMatrix.class);

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Capabilities declared = ((AbstractDocumentStoreContract) context.getRequiredTestInstance())
                .store()
                .capabilities();
        column(context).declared(declared);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        column(context).passed();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        column(context).failed();
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        column(context).skipped(reasonOf(cause));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        column(context).skipped(reason.orElse("disabled"));
    }

    /** A store that was not there skips its whole class. */
    @Override
    public void afterAll(ExtensionContext context) {
        context.getExecutionException()
                .filter(TestAbortedException.class::isInstance)
                .ifPresent(absent -> column(context).notRun(reasonOf(absent)));
        if (context.getConfigurationParameter(ENABLED).map(Boolean::valueOf).orElse(true)) {
            MatrixTable.add(column(context));
        }
    }

    private static String reasonOf(Throwable cause) {
        return String.valueOf(cause.getMessage()).replace("Assumption failed: ", "");
    }

    /** One for each class; JUnit keeps one instance of this extension for all of them. */
    private static MatrixColumn column(ExtensionContext context) {
        String store = context.getRequiredTestClass().getSimpleName().replaceAll("(Contract)?(Test)?$", "");
        return context.getRoot()
                .getStore(NAMES)
                .computeIfAbsent(
                        context.getRequiredTestClass(), ignored -> new MatrixColumn(store), MatrixColumn.class);
    }
}
