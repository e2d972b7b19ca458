package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Value;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code config} block of a provider. No secret gets through here, only the name of the variable that it has to be put into. */
final class Settings {

    private static final String UNKNOWN = "is no setting of the specification for such a store, and left out";

    /** An address may hold a name and a password. */
    private static final Pattern WITH_USER = Pattern.compile("[^/?#]*//[^/?#]*@.*", Pattern.DOTALL);

    /** Settings of the original that mean nothing to a store of documents. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("folders_path", "belongs to the application, not to its documents, and is left out"),
            Map.entry("users_path", "belongs to the application, not to its documents, and is left out"),
            Map.entry("tokens_path", "belongs to the application, not to its documents, and is left out"),
            Map.entry("domain", "belongs to the application, not to its documents, and is left out"),
            Map.entry("smtp", "belongs to the application, not to its documents, and is left out"),
            Map.entry(
                    "auth", "is left out: keys are used if there are any, else the SDK's default chain; see role_arn"),
            Map.entry("dynamodb_table", "is left out: metadata cannot be kept in DynamoDB"),
            Map.entry("dynamodb_region", "is left out: metadata cannot be kept in DynamoDB"),
            Map.entry("dynamodb_access_key", "is left out: metadata cannot be kept in DynamoDB"),
            Map.entry("dynamodb_secret_key", "is left out: metadata cannot be kept in DynamoDB"));

    private final String provider;
    private final Variables variables;
    private final Part config;

    Settings(String provider, Variables variables, Part config) {
        this.provider = provider;
        this.variables = variables;
        this.config = config;
    }

    /** Adds what the registry can take to a store of this type. */
    void into(Store store, Map<String, Form> forms) {
        forms.forEach((name, form) -> config.take(name)
                .flatMap(attribute -> value(attribute, form))
                .ifPresent(value -> store.config().put(name, value)));
        ELSEWHERE.forEach((name, sentence) -> {
            config.take(name).ifPresent(attribute -> config.remark(attribute, sentence));
            config.takeBlocks(name).forEach(block -> config.remark(block, sentence));
        });
        config.remarkRest(UNKNOWN);
    }

    private Optional<String> value(Attribute attribute, Form form) {
        return switch (attribute.value()) {
            case Value.Variable(String name) -> Optional.of(variable(name, form));
            case Value.Nothing unused -> Optional.empty();
            case Value.Text(String text)
            when text.isEmpty() -> leftOut(attribute, "is empty, which is the same as left out");
            case Value.Text unused -> given(attribute, form);
            case Value.Amount unused -> given(attribute, form);
            case Value.Truth unused -> given(attribute, form);
            case Value.Several unused -> given(attribute, form);
            case Value.Expression unused -> given(attribute, form);
        };
    }

    private Optional<String> given(Attribute attribute, Form form) {
        return switch (form) {
            case SECRET -> Optional.of(reference(attribute));
            case TEXT ->
                Literals.text(attribute.value())
                        .map(text -> text(attribute, text))
                        .orElseGet(() -> leftOut(
                                attribute, "must be evaluated, which is not done here; it is left out, add its value"));
            case NUMBER ->
                Literals.number(attribute.value()).or(() -> leftOut(attribute, "is no whole number, and left out"));
            case TRUTH ->
                Literals.truth(attribute.value())
                        .map(String::valueOf)
                        .or(() -> leftOut(attribute, "is neither true nor false, and left out"));
        };
    }

    private Optional<String> leftOut(Attribute attribute, String sentence) {
        config.remark(attribute, sentence);
        return Optional.empty();
    }

    private Optional<String> text(Attribute attribute, String text) {
        if (attribute.name().equals("metadata_store") && text.equals("dynamodb")) {
            return leftOut(attribute, "is left out: metadata cannot be kept in DynamoDB");
        }
        boolean withUser = WITH_USER.matcher(text).matches();
        return Optional.of(withUser ? reference(attribute) : Yaml.text(text));
    }

    private String variable(String name, Form form) {
        String yaml = Yaml.variable(variables.named(name), "");
        return switch (form) {
            case TEXT, SECRET -> yaml;
            case NUMBER -> "!!int " + yaml;
            case TRUTH -> "!!bool " + yaml;
        };
    }

    private String reference(Attribute attribute) {
        String name = variables.made(provider, attribute.name());
        config.remark(
                attribute, "holds a secret, which is not written; put it into the registry's environment as " + name);
        return Yaml.variable(name, "");
    }
}
