package io.hermes.storage.s3;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The orders in which servers list names. They differ for names with characters beyond U+FFFF only. */
enum NameOrder implements Comparator<String> {

    /** By their bytes in UTF-8, as S3 has it. */
    BYTES {
        @Override
        public int compare(String one, String other) {
            int end = Math.min(one.length(), other.length());
            for (int at = 0; at < end; at++) {
                if (one.charAt(at) != other.charAt(at)) {
                    return Integer.compare(rank(one.charAt(at)), rank(other.charAt(at)));
                }
            }
            return Integer.compare(one.length(), other.length());
        }

        /** In UTF-8, what takes two units here is behind all that takes one. */
        private static int rank(char unit) {
            return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
        }
    },

    /** By their units in UTF-16, as servers have it that sort strings of Java's. */
    UNITS {
        @Override
        public int compare(String one, String other) {
            return one.compareTo(other);
        }
    };

    /** Whether a list is in this order, and wholly behind that name. */
    boolean fits(Optional<String> behind, List<String> names) {
        if (!names.isEmpty() && behind.isPresent() && compare(behind.get(), names.getFirst()) >= 0) {
            return false;
        }
        for (int at = 1; at < names.size(); at++) {
            if (compare(names.get(at - 1), names.get(at)) > 0) {
                return false;
            }
        }
        return true;
    }
}
