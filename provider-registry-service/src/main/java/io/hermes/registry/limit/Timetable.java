package io.hermes.registry.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which rate of bytes holds when.
 *
 * @param windows the first that fits holds
 * @param zone whose clock is meant
 * @param otherwise bytes per second outside all of them, {@code null} for no limit
 */
record Timetable(List<Window> windows, ZoneId zone, Long otherwise) {

    Timetable {
        windows = List.copyOf(windows);
    }

    /** Bytes per second at a moment, {@code null} for no limit. */
    Long bytesAt(Instant moment) {
        LocalDateTime time = LocalDateTime.ofInstant(moment, zone);
        return windows.stream()
                .filter(window -> window.holdsAt(time))
                .findFirst()
                .map(window -> Optional.ofNullable(window.bytesPerSecond()))
                .orElseGet(() -> Optional.ofNullable(otherwise))
                .orElse(null);
    }

    /** The first moment after {@code from} and before {@code until} at which another rate begins; meant for short spans of time. */
    Optional<Instant> nextChange(Instant from, Instant until) {
        Long present = bytesAt(from);
        return Stream.concat(boundsBetween(from, until), clockChangesBetween(from, until))
                .filter(moment -> moment.isAfter(from) && moment.isBefore(until))
                .sorted()
                .filter(moment -> !Objects.equals(bytesAt(moment), present))
                .findFirst();
    }

    private Stream<Instant> boundsBetween(Instant from, Instant until) {
        List<LocalTime> times =
                windows.stream().flatMap(Window::bounds).distinct().toList();
        LocalDate first = LocalDate.ofInstant(from, zone).minusDays(1);
        LocalDate last = LocalDate.ofInstant(until, zone).plusDays(1);
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> times.stream().map(day::atTime))
                .flatMap(this::instants);
    }

    /** Two where the clock shows a time twice, none where it leaves it out: then it is the clock's change that counts. */
    private Stream<Instant> instants(LocalDateTime time) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.stream().map(time::toInstant);
    }

    private Stream<Instant> clockChangesBetween(Instant from, Instant until) {
        ZoneRules rules = zone.getRules();
        return Stream.iterate(
                        rules.nextTransition(from),
                        change -> change != null && change.getInstant().isBefore(until),
                        change -> rules.nextTransition(change.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
    }
}
