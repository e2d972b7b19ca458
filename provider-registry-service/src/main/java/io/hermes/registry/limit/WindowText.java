package io.hermes.registry.limit;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads windows as people write them: {@code mon-fri 08:00-18:00 10M}. What is wrong is said, without repeating what was written. */
final class WindowText {

    private static final int LONGEST = 100;
    private static final int HOURS = 24;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)([kmg])");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Map<String, Integer> POWERS = Map.of("k", 1, "m", 2, "g", 3);

    private WindowText() {}

    /** @throws IllegalArgumentException with a sentence for whoever wrote it */
    static Window parse(String text) {
        String[] parts = BLANKS.split(text.strip().toLowerCase(Locale.ROOT));
        if (parts.length != 3 || text.length() > LONGEST) {
            throw new IllegalArgumentException("must be days, times and a rate, such as 'mon-fri 08:00-18:00 10M'");
        }
        Matcher span = SPAN.matcher(parts[1]);
        if (!span.matches()) {
            throw noSpan();
        }
        int from = minute(span.group(1), span.group(2));
        int to = minute(span.group(3), span.group(4));
        if (from == Window.DAY) {
            throw noSpan();
        }
        if (from == to) {
            throw new IllegalArgumentException("begins when it ends; a whole day is '00:00-24:00'");
        }
        return new Window(days(parts[0]), from, to, rate(parts[2]));
    }

    private static IllegalArgumentException noSpan() {
        return new IllegalArgumentException("must have times of the day from 00:00 to 24:00, such as '22:00-06:00'");
    }

    private static int minute(String hours, String minutes) {
        int minute = Integer.parseInt(hours) * Window.HOUR + Integer.parseInt(minutes);
        if (Integer.parseInt(minutes) >= Window.HOUR || minute > HOURS * Window.HOUR) {
            throw noSpan();
        }
        return minute;
    }

    private static Set<DayOfWeek> days(String text) {
        if (text.equals("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek day = day(ends[0]);
            if (ends.length > 2) {
                throw noDays();
            }
            for (days.add(day); day != last; days.add(day)) {
                day = day.plus(1);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        int number = DAYS.indexOf(name);
        if (number < 0) {
            throw noDays();
        }
        return DayOfWeek.of(number + 1);
    }

    private static IllegalArgumentException noDays() {
        return new IllegalArgumentException("must have days such as 'mon', 'mon-fri', 'sat,sun' or 'daily'");
    }

    private static Long rate(String text) {
        if (text.equals("unlimited")) {
            return null;
        }
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw new IllegalArgumentException(
                    "must have a rate in bytes per second: a number with K, M or G (1024, its square, its cube), or 'unlimited'");
        }
        long bytes = new BigDecimal(amount.group(1))
                .multiply(BigDecimal.valueOf(1024).pow(POWERS.get(amount.group(2))))
                .longValue();
        if (bytes < Limits.LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "must have a rate of at least 1K; to let nothing pass, disable the provider or pause the job");
        }
        return bytes;
    }
}
