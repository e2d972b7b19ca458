package io.hermes.stack.demo;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One document of the sample folder.
 *
 * @param path relative to the folder, parts joined by slashes
 * @param content all of it
 * @param modified day of the last change
 */
record SampleDocument(String path, byte[] content, LocalDate modified) {

    private static final LocalDate YOUNGEST = LocalDate.of(2026, 11, 1);
    private static final int DAYS = 1_500;
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private static final List<String> PROJECTS = List.of(
            "platform",
            "platform/storage",
            "platform/storage/2024 review",
            "people",
            "Büro & Verwaltung",
            "research/日本語",
            "sales/EMEA (west)",
            "legal/100% reviewed",
            "infra/c++ tools");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

    /** What a document with this number looks like: the same for the same seed, whatever the others are. */
    static SampleDocument number(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1));
        String project = Prose.pick(random, PROJECTS);
        LocalDate modified = YOUNGEST.minusDays(random.nextInt(DAYS));
        Kind kind = Kind.of(number);
        String path = project + "/" + name(number, random) + kind.extension;
        return new SampleDocument(path, kind.content(project, modified, random), modified);
    }

    /** Every name holds its number, so that no two are alike on a file system that takes two spellings of an accent for one. */
    private static String name(int number, SplittableRandom random) {
        return switch (number % 10) {
            case 0 -> "RFC-%04d R\u00e9sum\u00e9 of the review".formatted(number);
            case 1 -> "RFC-%04d Re\u0301sume\u0301 of the review".formatted(number);
            case 2 -> "%d%% done – not a %%2F slash, not a %%20 blank".formatted(number);
            case 3 -> "notes+ideas #%d & (draft)".formatted(number);
            case 4 -> "設計 %d 資料".formatted(number);
            case 5 -> "meeting;%d=minutes 'final' [v2]".formatted(number);
            default -> "%s-%04d".formatted(Prose.pick(random, Markdown.TAGS), number);
        };
    }

    private enum Kind {
        NOTE(".md"),
        EMPTY(".md"),
        IMAGE(".png"),
        REPORT(".pdf"),
        LARGE(".pdf"),
        LARGEST(".png"),
        ONE_MEBIBYTE(".png");

        private final String extension;

        Kind(String extension) {
            this.extension = extension;
        }

        private static Kind of(int number) {
            return switch (number % 500) {
                case 7, 207 -> EMPTY;
                case 99 -> LARGEST;
                case 250 -> ONE_MEBIBYTE;
                case 33, 133, 233, 333, 433 -> LARGE;
                default -> oftenOf(number % 25);
            };
        }

        private static Kind oftenOf(int remainder) {
            return switch (remainder) {
                case 3 -> IMAGE;
                case 14 -> REPORT;
                default -> NOTE;
            };
        }

        private byte[] content(String project, LocalDate modified, SplittableRandom random) {
            return switch (this) {
                case NOTE -> Markdown.note(project, modified, random);
                case EMPTY -> new byte[0];
                case IMAGE -> binary(PNG, random.nextInt(8 * KIB, 200 * KIB), random);
                case REPORT -> binary(PDF, random.nextInt(20 * KIB, 400 * KIB), random);
                case LARGE -> binary(PDF, random.nextInt(MIB, 3 * MIB), random);
                case LARGEST -> binary(PNG, 5 * MIB, random);
                case ONE_MEBIBYTE -> binary(PNG, MIB, random);
            };
        }
    }

    private static byte[] binary(byte[] head, int size, SplittableRandom random) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        System.arraycopy(head, 0, content, 0, head.length);
        return content;
    }
}
