package io.hermes.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 2026-11-23 is a Monday; in Berlin the clock goes forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00, both Sundays. */
class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long K = 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static Timetable berlin(Long otherwise, String... windows) {
        return new Timetable(Arrays.stream(windows).map(WindowText::parse).toList(), BERLIN, otherwise);
    }

    private static Instant inBerlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59:59, 7",
        "2026-11-23T08:00:00, 10",
        "2026-11-23T17:59:59, 10",
        "2026-11-23T18:00:00, 7",
        "2026-11-27T12:00:00, 10",
        "2026-11-28T12:00:00, 7"
    })
    void aWindowHoldsFromItsBeginningUntilBeforeItsEnd(String local, long kilobytes) {
        assertThat(berlin(7 * K, "mon-fri 08:00-18:00 10K").bytesAt(inBerlin(local)))
                .isEqualTo(kilobytes * K);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:59:00, 7",
        "2026-11-27T22:00:00, 10",
        "2026-11-27T23:59:59, 10",
        "2026-11-28T00:00:00, 10",
        "2026-11-28T05:59:59, 10",
        "2026-11-28T06:00:00, 7",
        "2026-11-28T22:00:00, 7",
        "2026-11-27T05:00:00, 7"
    })
    void aWindowThatPassesMidnightBelongsToTheDayOnWhichItBegins(String local, long kilobytes) {
        assertThat(berlin(7 * K, "fri 22:00-06:00 10K").bytesAt(inBerlin(local)))
                .isEqualTo(kilobytes * K);
    }

    @Test
    void theFirstThatFitsHoldsAndItMayBeWithoutLimit() {
        Timetable timetable = berlin(7 * K, "mon 12:00-13:00 unlimited", "daily 08:00-18:00 10K");

        assertThat(timetable.bytesAt(inBerlin("2026-11-23T12:30:00"))).isNull();
        assertThat(timetable.bytesAt(inBerlin("2026-11-23T13:00:00"))).isEqualTo(10 * K);
        assertThat(berlin(null, "mon 12:00-13:00 1K").bytesAt(inBerlin("2026-11-24T12:00:00")))
                .isNull();
    }

    @Test
    void theClockIsThatOfTheZone() {
        Instant moment = Instant.parse("2026-11-23T07:30:00Z");

        assertThat(berlin(7 * K, "mon 08:00-18:00 10K").bytesAt(moment)).isEqualTo(10 * K);
        assertThat(new Timetable(List.of(WindowText.parse("mon 08:00-18:00 10K")), ZoneId.of("UTC"), 7 * K)
                        .bytesAt(moment))
                .isEqualTo(7 * K);
    }

    @Test
    void whatTheClockLeavesOutDoesNotHappen() {
        Timetable timetable = berlin(7 * K, "sun 02:15-02:45 10K", "sun 02:30-04:00 20K");
        Instant change = Instant.parse("2026-03-29T01:00:00Z");

        assertThat(timetable.bytesAt(change.minusSeconds(1))).isEqualTo(7 * K);
        assertThat(timetable.bytesAt(change)).isEqualTo(20 * K);
        assertThat(timetable.nextChange(change.minus(DAY), change.plus(DAY))).contains(change);
    }

    @Test
    void whatTheClockShowsTwiceHappensTwice() {
        Timetable timetable = berlin(7 * K, "sun 02:30-04:00 10K");
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Instant back = Instant.parse("2026-10-25T01:00:00Z");
        Instant second = Instant.parse("2026-10-25T01:30:00Z");
        Instant until = first.plus(DAY);

        assertThat(timetable.nextChange(first.minus(DAY), until)).contains(first);
        assertThat(timetable.nextChange(first, until)).contains(back);
        assertThat(timetable.nextChange(back, until)).contains(second);
        assertThat(timetable.nextChange(second, until)).contains(Instant.parse("2026-10-25T03:00:00Z"));
    }

    @Test
    void anotherWindowOfTheSameRateIsNoChange() {
        Timetable timetable = berlin(10 * K, "daily 08:00-12:00 10K", "daily 12:00-13:00 10K");

        assertThat(timetable.nextChange(inBerlin("2026-11-23T00:00:00"), inBerlin("2026-11-24T00:00:00")))
                .isEmpty();
    }

    @Test
    void aChangeAtTheEndOfTheSpanIsNotInIt() {
        Timetable timetable = berlin(7 * K, "mon 08:00-18:00 10K");
        Instant change = inBerlin("2026-11-23T08:00:00");

        assertThat(timetable.nextChange(change.minus(MINUTE), change)).isEmpty();
        assertThat(timetable.nextChange(change.minus(MINUTE), change.plusMillis(1)))
                .contains(change);
        assertThat(timetable.nextChange(change, change.plus(MINUTE))).isEmpty();
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** Any windows, around both changes of the clock and elsewhere: the next change is the one that looking at every minute finds. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theNextChangeIsTheFirstMinuteThatIsOtherwise(int seed) {
        Random random = new Random(seed);
        ZoneId zone = List.of(BERLIN, ZoneId.of("UTC"), ZoneId.of("Australia/Lord_Howe"), ZoneId.of("America/St_Johns"))
                .get(random.nextInt(4));
        List<Window> windows = new ArrayList<>();
        for (int count = random.nextInt(1, 6); count > 0; count--) {
            windows.add(WindowText.parse(anyWindow(random)));
        }
        Timetable timetable = new Timetable(windows, zone, random.nextBoolean() ? null : 3 * K);
        Instant day = List.of(
                        "2026-03-28T22:00:00Z", "2026-10-24T20:00:00Z", "2026-04-04T10:00:00Z", "2026-11-22T00:00:00Z")
                .stream()
                .map(Instant::parse)
                .toList()
                .get(random.nextInt(4));
        Instant from = day.plus(MINUTE.multipliedBy(random.nextInt(24 * 60)));
        Instant until = from.plus(MINUTE.multipliedBy(random.nextInt(1, 30 * 60)));

        assertThat(timetable.nextChange(from, until)).isEqualTo(firstOtherwise(timetable, from, until));
    }

    private static Optional<Instant> firstOtherwise(Timetable timetable, Instant from, Instant until) {
        for (Instant moment = from.plus(MINUTE); moment.isBefore(until); moment = moment.plus(MINUTE)) {
            if (!Objects.equals(timetable.bytesAt(moment), timetable.bytesAt(from))) {
                return Optional.of(moment);
            }
        }
        return Optional.empty();
    }

    private static String anyWindow(Random random) {
        List<String> days = List.of("daily", "mon", "sat-mon", "sun", "sat,sun", "tue-fri");
        int from = random.nextInt(24 * 60);
        int to = (from + random.nextInt(1, 24 * 60)) % (24 * 60);
        return days.get(random.nextInt(days.size())) + " " + time(from) + "-" + time(to) + " "
                + List.of("1K", "2K", "3K", "unlimited").get(random.nextInt(4));
    }

    private static String time(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
