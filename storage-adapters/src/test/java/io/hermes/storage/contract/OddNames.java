package io.hermes.storage.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names that stores, file systems, signatures, shells and parsers have stumbled over. */
final class OddNames {

    /** No store of ours has an excuse for these. */
    static final List<String> KEPT_EVERYWHERE = List.of(
            "with space",
            "a%2Fb",
            "plus+plus",
            "test%46.txt",
            "\u00e4",
            "\ud83d\ude80",
            "x.metadata.json",
            "a.hermes-b",
            ".hermes");

    /** Pairs that some file system, normaliser or decoder takes for one name. */
    static final List<List<String>> PAIRS = List.of(
            List.of("caf\u00e9.md", "cafe\u0301.md"),
            List.of("A.md", "a.md"),
            List.of("\u00c4/x", "\u00e4/x"),
            List.of("Stra\u00dfe", "STRASSE"),
            List.of("i", "\u0130"),
            List.of("a b", "a+b"),
            List.of("a b", "a%20b"),
            List.of("a%2Fb", "a/b"),
            List.of("a%252Fb", "a%2Fb"),
            List.of("a", "a "),
            List.of("a", "a."),
            List.of("a", "a\u200b"),
            List.of("a\\b", "a/b"),
            List.of("\u212b", "\u00c5"),
            List.of("\ufb01", "fi"));

    private static final List<String> SPECIAL = List.of(
            " leading space",
            "trailing space ",
            "\tleading tab",
            "trailing tab\t",
            "\rreturn\r",
            "\nline\n",
            "\u000bvertical\u000b",
            "per%cent",
            "a%20b",
            "%2e%2e%2fescape",
            "%252e%252e%252fescape",
            "%00",
            "..\\..\\x",
            "\\\\server\\share",
            "C:\\x",
            "back\\slash",
            "~tilde",
            "~",
            "-",
            "-rf",
            ".hidden",
            "trailing dot.",
            "...",
            "..a",
            "a..",
            "CON",
            "NUL.txt",
            "aux",
            "f*.*",
            "[a-z]?",
            "${aws:userid}",
            "$(id)",
            "'||true",
            "';drop table items;--",
            "a?b=c&d=e#f",
            "?versionId=1",
            "x.metadata.json.metadata.json",
            ".metadata.json",
            "lost+found",
            "\u202ertl.md",
            "zero\u200bwidth",
            "\ufeffmark",
            "\ufffd",
            "\ufffe",
            "\uffff",
            "\u0085",
            "\u2028",
            "\u65e5\u672c\u8a9e",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\u0e01\u0e33",
            "deep/a/b/c/d/e/f/g/h",
            "d/".repeat(60) + "deep",
            "x".repeat(200),
            "y".repeat(255),
            "z".repeat(256),
            "\u00e4".repeat(127) + "b",
            "\u00e4".repeat(128),
            "w".repeat(300));

    private static final String PUNCTUATION = "!\"#$%&'()*+,-:;<=>?@[\\]^_`{|}~";

    private OddNames() {}

    static List<String> all() {
        Stream<String> controls = IntStream.concat(IntStream.rangeClosed(1, 0x1f), IntStream.of(0x7f))
                .mapToObj(control -> "control" + (char) control + "inside");
        Stream<String> punctuation = PUNCTUATION.chars().mapToObj(mark -> "mark" + (char) mark);
        return Stream.of(KEPT_EVERYWHERE.stream(), SPECIAL.stream(), Stream.of(PUNCTUATION), controls, punctuation)
                .flatMap(names -> names)
                .toList();
    }

    /** A key of exactly so many bytes, in segments that every file system takes. */
    static String ofBytes(int length) {
        String key = ("\u00e4bcdefghi".repeat(9) + "/").repeat(length / 91 + 1);
        StringBuilder cut = new StringBuilder();
        int bytes = 0;
        for (int at = 0; bytes < length; at++) {
            String next = key.substring(at, at + 1);
            int more = next.getBytes(StandardCharsets.UTF_8).length;
            boolean splits = bytes + more > length || (bytes + more == length && next.equals("/"));
            cut.append(splits ? "x" : next);
            bytes += splits ? 1 : more;
        }
        return cut.toString();
    }
}
