package io.hermes.edge.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * What the fields of requests and answers mean: lines {@code Schema.field=meaning} of {@code openapi/fields.properties}; a question mark
 * behind the field says that it may be {@code null}. The field has to be there.
 */
final class FieldNotes {

    private static final String NULLABLE = "?";

    private final Properties notes = new Properties();

    FieldNotes(Class<?> service) {
        try (InputStream file = service.getResourceAsStream("/openapi/fields.properties");
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            notes.load(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void addTo(Map<String, Schema> schemas) {
        notes.forEach((place, meaning) -> {
            String[] parts = place.toString().split("\\.", 2);
            add(schemas.get(parts[0]), parts[1], meaning.toString());
        });
    }

    private static void add(Schema schema, String place, String meaning) {
        boolean nullable = place.endsWith(NULLABLE);
        String field = nullable ? place.substring(0, place.length() - 1) : place;
        if (schema == null
                || schema.getProperties() == null
                || !schema.getProperties().containsKey(field)) {
            throw new IllegalStateException(
                    "openapi/fields.properties: nothing in the document has the field " + field);
        }
        Schema described = schema.getProperties().get(field);
        Schema whole = nullable ? orNull(described) : described;
        if (!meaning.isBlank()) {
            whole.setDescription(meaning);
        }
        schema.addProperty(field, whole);
    }

    private static Schema orNull(Schema schema) {
        Schema nothing = OASFactory.createSchema().addType(Schema.SchemaType.NULL);
        return schema.getRef() == null
                ? schema.addType(Schema.SchemaType.NULL)
                : OASFactory.createSchema().anyOf(List.of(schema, nothing));
    }
}
