package io.hermes.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTextTest {

    private static Set<DayOfWeek> days(String names) {
        return Arrays.stream(names.split(" ")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "mon, MONDAY",
        "mon-fri, MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY",
        "'sat,sun', SATURDAY SUNDAY",
        "sat-mon, SATURDAY SUNDAY MONDAY",
        "'mon-tue,thu,sun-mon', MONDAY TUESDAY THURSDAY SUNDAY",
        "MON, MONDAY"
    })
    void daysAreListedAndInRanges(String text, String names) {
        assertThat(WindowText.parse(text + " 08:00-18:00 10M").days()).isEqualTo(days(names));
    }

    @Test
    void dailyIsEveryDay() {
        assertThat(WindowText.parse("daily 00:00-24:00 unlimited"))
                .isEqualTo(new Window(EnumSet.allOf(DayOfWeek.class), 0, Window.DAY, null));
    }

    @ParameterizedTest
    @CsvSource({
        "08:00-18:00, 480, 1080",
        "8:05-18:59, 485, 1139",
        "22:00-06:00, 1320, 360",
        "22:00-00:00, 1320, 0",
        "23:59-24:00, 1439, 1440"
    })
    void timesAreMinutesOfTheDay(String text, int from, int to) {
        assertThat(WindowText.parse("mon " + text + " 10M"))
                .isEqualTo(new Window(Set.of(DayOfWeek.MONDAY), from, to, 10L << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "1K, 1024",
        "10M, 10485760",
        "1.5m, 1572864",
        "2G, 2147483648",
        "0.5G, 536870912",
        "999999999G, 1073741822926258176",
        "unlimited,"
    })
    void ratesAreBinary(String text, Long bytes) {
        assertThat(WindowText.parse("  mon   08:00-18:00 " + text + " ").bytesPerSecond())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mon",
                "mon 08:00-18:00",
                "mon 08:00-18:00 10M more",
                "mon 08:00 - 18:00 10M",
                "monday 08:00-18:00 10M",
                "mon- 08:00-18:00 10M",
                "mon-tue-wed 08:00-18:00 10M",
                "mon,,tue 08:00-18:00 10M",
                "daily,mon 08:00-18:00 10M",
                "mon 08:00 10M",
                "mon 08.00-18.00 10M",
                "mon 8-18 10M",
                "mon 08:60-18:00 10M",
                "mon 25:00-18:00 10M",
                "mon 08:00-24:01 10M",
                "mon 24:00-08:00 10M",
                "mon 08:00-08:00 10M",
                "mon 00:00-00:00 10M",
                "mon 08:00-18:00 10",
                "mon 08:00-18:00 10MB",
                "mon 08:00-18:00 10T",
                "mon 08:00-18:00 -1M",
                "mon 08:00-18:00 off",
                "mon 08:00-18:00 9999999999G"
            })
    void whatMeansNothingIsRefused(String text) {
        assertThatThrownBy(() -> WindowText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0K", "0M", "0.5K", "0.000M"})
    void whoeverWantsNothingToPassIsToldHow(String rate) {
        assertThatThrownBy(() -> WindowText.parse("daily 00:00-24:00 " + rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pause the job");
    }
}
