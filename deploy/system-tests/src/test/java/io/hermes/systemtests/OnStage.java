package io.hermes.systemtests;

import io.hermes.stack.StackFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test class the one stage; it is opened by the first and closed after the last. */
final class OnStage implements ParameterResolver {

    private static final Namespace OURS = Namespace.create(OnStage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(OURS).computeIfAbsent(Stage.class, key -> opened(), Stage.class);
    }

    private static Stage opened() {
        try {
            return Stage.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (StackFailure failure) {
            throw new IllegalStateException(failure);
        }
    }
}
