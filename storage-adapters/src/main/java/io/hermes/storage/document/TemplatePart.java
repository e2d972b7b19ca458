package io.hermes.storage.document;

/** A piece of a template: text that stays, or a variable. */
sealed interface TemplatePart permits TemplatePart.Literal, TemplateVariable {

    String value(TemplateValues values);

    /** Whether two documents usually have different values. */
    boolean tellsDocumentsApart();

    /** Text that stays. */
    record Literal(String text) implements TemplatePart {

        @Override
        public String value(TemplateValues values) {
            return text;
        }

        @Override
        public boolean tellsDocumentsApart() {
            return false;
        }
    }
}
