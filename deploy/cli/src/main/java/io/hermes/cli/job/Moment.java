package io.hermes.cli.job;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time: a date, which begins at midnight UTC, or a date and a time with its offset. */
final class Moment implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        try {
            return instant(text).toString();
        } catch (DateTimeParseException wrong) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-01-31 or 2026-01-31T12:00:00Z");
        }
    }

    private static Instant instant(String text) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
