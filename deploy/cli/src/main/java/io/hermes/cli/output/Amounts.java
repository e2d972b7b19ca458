package io.hermes.cli.output;

import java.util.List;
import java.util.Locale;

/** Amounts in the units that people think in. */
public final class Amounts {

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
    private static final double STEP = 1000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Amounts() {}

    /** {@code 512 B}, {@code 49.9 MB}. */
    public static String bytes(double bytes) {
        int unit = 0;
        double amount = bytes;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS.get(unit));
    }

    /** {@code 30.9/49.9 MB}: a part and the whole, with one unit if that does for both. */
    public static String part(double part, double whole) {
        String all = bytes(whole);
        String unit = all.substring(all.indexOf(' '));
        String some = bytes(part);
        return some.endsWith(unit) ? some.substring(0, some.length() - unit.length()) + "/" + all : some + "/" + all;
    }

    /** {@code 29 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String duration(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds, MINUTE, "min", 1, "s");
        }
        return seconds < DAY ? two(seconds, HOUR, "h", MINUTE, "min") : two(seconds, DAY, "d", HOUR, "h");
    }

    private static String two(long seconds, long large, String largeName, long small, String smallName) {
        long rest = seconds % large / small;
        return seconds / large + " " + largeName + (rest == 0 ? "" : " " + rest + " " + smallName);
    }
}
