package io.hermes.stack.demo;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Notes with the frontmatter that the document model knows, with some of it, and without any. */
final class Markdown {

    static final List<String> TAGS = List.of("rfc", "storage", "cost", "security", "archive", "übersicht", "q3");

    private static final List<String> STATUSES = List.of("Draft", "In Review", "Published", "Deprecated");
    private static final int MOST_PARAGRAPHS = 120;

    private Markdown() {}

    static byte[] note(String project, LocalDate modified, SplittableRandom random) {
        StringBuilder text = new StringBuilder(head(project, modified, random));
        // Few long documents and many short ones, as everywhere.
        int paragraphs = 1 + (int) Math.min(MOST_PARAGRAPHS, 4 / Math.max(0.02, random.nextDouble()));
        for (int index = 0; index < paragraphs; index++) {
            text.append(Prose.paragraph(random));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String project, LocalDate modified, SplittableRandom random) {
        String title = Prose.title(random);
        String status = Prose.pick(random, STATUSES);
        return switch (random.nextInt(10)) {
            case 0 -> "# " + title + "\n\n";
            case 1, 2 -> "---\ntitle: \"%s\"\nstatus: %s\n---\n\n".formatted(title, status);
            default ->
                """
                    ---
                    hermes-uuid: %s
                    title: "%s"
                    project: "%s"
                    status: %s
                    tags: [%s, %s]
                    author: %s@example.com
                    created: %s
                    ---

                    """.formatted(
                                uuid(random),
                                title,
                                project,
                                status,
                                Prose.pick(random, TAGS),
                                Prose.pick(random, TAGS),
                                Prose.pick(random, TAGS),
                                modified.atStartOfDay().toInstant(ZoneOffset.UTC));
        };
    }

    /** A version 4 UUID, but from our own random numbers, so that a second run makes the same. */
    private static UUID uuid(SplittableRandom random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
