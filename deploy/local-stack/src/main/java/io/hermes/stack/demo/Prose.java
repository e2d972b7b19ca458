package io.hermes.stack.demo;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Text as people write it in a company: dull, but not random bytes. */
final class Prose {

    private static final List<String> SUBJECTS = List.of(
            "the migration service",
            "every provider",
            "our archive",
            "the review board",
            "a worker",
            "the storage team",
            "this proposal",
            "the on-call engineer",
            "each project",
            "die Verwaltung",
            "l’équipe d’exploitation");
    private static final List<String> VERBS = List.of(
            "keeps", "verifies", "replaces", "documents", "postpones", "accepts", "measures", "prüft", "publie");
    private static final List<String> OBJECTS = List.of(
            "the quarterly report",
            "all open questions",
            "the retention policy",
            "a signed copy",
            "the previous draft",
            "its own assumptions",
            "the access list",
            "the cost estimate",
            "die Übersicht",
            "les pièces jointes",
            "設計資料");
    private static final List<String> ENDINGS = List.of(
            "until the review is closed",
            "before the end of the quarter",
            "without a second look",
            "as agreed in spring",
            "because nobody else does",
            "in every region",
            "– with one exception",
            "ohne Rückfrage",
            "100 % of the time");

    private Prose() {}

    static String title(SplittableRandom random) {
        String sentence = pick(random, SUBJECTS) + " " + pick(random, VERBS) + " " + pick(random, OBJECTS);
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    static String paragraph(SplittableRandom random) {
        StringJoiner sentences = new StringJoiner(" ", "", "\n\n");
        int count = random.nextInt(3, 9);
        for (int index = 0; index < count; index++) {
            sentences.add(title(random) + " " + pick(random, ENDINGS) + ".");
        }
        return sentences.toString();
    }

    static <T> T pick(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
