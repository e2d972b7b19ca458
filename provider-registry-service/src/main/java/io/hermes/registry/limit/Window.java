package io.hermes.registry.limit;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A weekly window, by the clock on the wall: an hour that the clock shows twice is in it twice, one that it leaves out not at all.
 *
 * @param days days on which it begins
 * @param from minute of the day at which it begins, 0 to 1439
 * @param to minute of the day before which it ends, 0 to 1440; not later than {@code from} if it passes midnight
 * @param bytesPerSecond what holds meanwhile, {@code null} for no limit
 */
record Window(Set<DayOfWeek> days, int from, int to, Long bytesPerSecond) {

    static final int HOUR = 60;
    static final int DAY = 24 * HOUR;

    Window {
        days = Set.copyOf(days);
    }

    boolean holdsAt(LocalDateTime time) {
        int minute = time.getHour() * HOUR + time.getMinute();
        DayOfWeek today = time.getDayOfWeek();
        if (from < to) {
            return days.contains(today) && from <= minute && minute < to;
        }
        return (days.contains(today) && from <= minute) || (days.contains(today.minus(1)) && minute < to);
    }

    /** The times of the day at which it can begin or end. */
    Stream<LocalTime> bounds() {
        return Stream.of(from, to % DAY).map(minute -> LocalTime.of(minute / HOUR, minute % HOUR));
    }
}
