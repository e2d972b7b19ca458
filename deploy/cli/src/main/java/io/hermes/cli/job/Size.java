package io.hermes.cli.job;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes: {@code 512}, {@code 10K}, {@code 16M}, {@code 2G}; the letters are powers of 1024. */
final class Size implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?=[KMGkmg]$)|[0-9]{1,18}(?=$))([KMGkmg]?)");

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size such as 512, 10K, 16M or 2G");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> number << 10;
            case "M" -> number << 20;
            case "G" -> number << 30;
            default -> number;
        };
    }
}
