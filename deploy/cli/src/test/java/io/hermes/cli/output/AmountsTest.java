package io.hermes.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "49900000, 49.9 MB", "1e30, 1000000000000.0 EB"})
    void saysBytesInAUnitThatFits(double bytes, String words) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0/0 B", "30.94e6, 49.9e6, 30.9/49.9 MB", "512, 49.9e6, 512 B/49.9 MB"})
    void saysAPartInTheUnitOfTheWhole(double part, double whole, String words) {
        assertThat(Amounts.part(part, whole)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "200, 3 min 20 s", "7500, 2 h 5 min", "86400, 1 d", "273600, 3 d 4 h"
    })
    void saysDurationsInTwoUnits(long seconds, String words) {
        assertThat(Amounts.duration(seconds)).isEqualTo(words);
    }
}
