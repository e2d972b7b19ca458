package io.hermes.orchestrator.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a request names a provider: number (as JSON number or string), UUID or unique name.
 *
 * @param text as the registry's path takes it
 */
@Schema(
        oneOf = {String.class, Long.class},
        description = "The provider's id, UUID or name")
public record ProviderRef(
        @NotBlank @Size(max = 100) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) @JsonValue
        String text) {

    /** From a JSON string. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ProviderRef of(String text) {
        return new ProviderRef(text);
    }

    /** From a JSON number. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ProviderRef of(long id) {
        return new ProviderRef(Long.toString(id));
    }
}
