package io.hermes.orchestrator.api;

import io.hermes.orchestrator.view.ErrorView;
import java.util.List;

/** Failed documents by code; {@code count} counts the codes. */
public record ErrorList(List<ErrorView> errors, int count) {
    ErrorList(List<ErrorView> errors) {
        this(errors, errors.size());
    }
}
