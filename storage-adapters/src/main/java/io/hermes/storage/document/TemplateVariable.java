package io.hermes.storage.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The variables of a path template. */
enum TemplateVariable implements TemplatePart {
    UUID(true, TemplateValues::uuidText),
    NAME(true, TemplateValues::name),
    PATH(true, TemplateValues::path),
    EXT(false, TemplateValues::extension),
    PROJECT(false, TemplateValues::project),
    TYPE(false, TemplateValues::type),
    YEAR(false, TemplateValues::year);

    private final boolean tellsDocumentsApart;
    private final Function<TemplateValues, String> value;

    TemplateVariable(boolean tellsDocumentsApart, Function<TemplateValues, String> value) {
        this.tellsDocumentsApart = tellsDocumentsApart;
        this.value = value;
    }

    static Optional<TemplateVariable> of(String word) {
        return Arrays.stream(values())
                .filter(variable -> variable.word().equals(word))
                .findFirst();
    }

    /** All of them as an operator writes them. */
    static String spelled() {
        return Arrays.stream(values())
                .map(variable -> "{" + variable.word() + "}")
                .collect(Collectors.joining(" "));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String value(TemplateValues values) {
        return value.apply(values);
    }

    @Override
    public boolean tellsDocumentsApart() {
        return tellsDocumentsApart;
    }
}
