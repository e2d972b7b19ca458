package io.hermes.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegalXmlTest {

    @ParameterizedTest
    @CsvSource({
        "<Next>a&#x01;b</Next>, <Next>a&#x0100;b</Next>",
        "<Next>a&#x1F;b</Next>, <Next>a&#x1F00;b</Next>",
        "<Next>a\u0001b</Next>, <Next>a?b</Next>",
        "<Next>a\ufffe\uffff</Next>, <Next>a\ufffd\ufffd</Next>",
        "<Key>k</Key><Next>\u0002</Next>, <Key>k</Key><Next>?</Next>"
    })
    void replacesWhatNoXmlHolds(String sent, String read) {
        for (int cut = 0; cut <= sent.getBytes(UTF_8).length; cut++) {
            assertThat(mended(sent, cut)).as("cut at %d", cut).isEqualTo(read);
        }
    }

    /** A key that came with another name would be another document. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Key>a&#x01;b\u0001&amp;\ufffe&#x1;</Key>",
                "<Next>&#x09;&#xa;&#x0D;&#x20;&#x7f;&amp;&#1234;</Next>",
                "<Next>\t\r\n\u007f\u0085\ufffd\ud83d\ude80</Next>",
                "<Key>x</Key><Size>1</Size>"
            })
    void leavesEverythingElse(String sent) {
        for (int cut = 0; cut <= sent.getBytes(UTF_8).length; cut++) {
            assertThat(mended(sent, cut)).as("cut at %d", cut).isEqualTo(sent);
        }
    }

    @Test
    void knowsNamesThatXmlDoesNotCarry() {
        assertThat("a b\u0085\u2028\ud83d\ude80\ufffd".chars().mapToObj(Character::toString))
                .allMatch(LegalXml::carries);
        assertThat("\u0001\t\n\r\u001f\ufffe\uffff".chars().mapToObj(Character::toString))
                .noneMatch(LegalXml::carries);
    }

    private static String mended(String sent, int cut) {
        byte[] bytes = sent.getBytes(UTF_8);
        LegalXml.Mending mending = new LegalXml.Mending();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece :
                new ByteBuffer[] {ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut)}) {
            all.writeBytes(mending.mended(piece).array());
        }
        return all.toString(UTF_8);
    }
}
