package io.hermes.orchestrator.ledger;

import io.hermes.orchestrator.item.DocumentLists.Listed;
import io.hermes.orchestrator.ledger.KeyUpload.Fault;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the keys out of a ledger, or out of what somebody has made of one, while it comes in parts of any size. Memory is bounded by the
 * longest record there may be.
 *
 * <p>What is wrong is kept with its line, and reading goes on with the next one as long as that makes sense: who mends a file wants to know
 * of all its faults.
 */
abstract class KeyFile {

    /** Faults that are told; the file is refused by the first. */
    static final int MOST_FAULTS = 20;

    /** Longest record, in characters: more than any that a ledger holds. */
    static final int LONGEST_RECORD = 262_144;

    private static final int LONGEST_KEY = 2048;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final List<Fault> faults = new ArrayList<>();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private List<Listed> keys = new ArrayList<>();
    private boolean broken;

    /** Line of the character that comes next, from 1; lines end with LF, CR or both. */
    private long line = 1;

    private boolean first = true;
    private boolean afterReturn;

    /** Takes the next part. */
    final void take(byte[] part) {
        if (!broken) {
            decode(joined(part), false);
        }
    }

    /** There is no further part. */
    final void end() {
        if (!broken) {
            decode(rest, true);
        }
        if (!broken) {
            finish();
        }
    }

    /** The keys found since this was asked for last, at the lines where they stand. */
    final List<Listed> drain() {
        List<Listed> found = keys;
        keys = new ArrayList<>();
        return found;
    }

    /** Keys found and not asked for yet. */
    final int waiting() {
        return keys.size();
    }

    /** What is wrong with it so far, the first of it. */
    final List<Fault> faults() {
        return List.copyOf(faults);
    }

    private void decode(ByteBuffer bytes, boolean last) {
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        CoderResult result = decoder.decode(bytes, text, last);
        text.flip();
        while (text.hasRemaining() && !broken) {
            next(text.get());
        }
        rest = bytes;
        if (result.isError() && !broken) {
            giveUp(line, "is not UTF-8; save the file in that encoding");
        }
    }

    private ByteBuffer joined(byte[] part) {
        return ByteBuffer.allocate(rest.remaining() + part.length)
                .put(rest)
                .put(part)
                .flip();
    }

    private void next(char character) {
        if (afterReturn && character != '\n') {
            line++;
        }
        if (!first || character != '\uFEFF') {
            character(character);
        }
        if (character == '\n') {
            line++;
        }
        afterReturn = character == '\r';
        first = false;
    }

    /** Takes the next character of the text. */
    abstract void character(char character);

    /** Takes note that there is no further character. */
    abstract void finish();

    /** Line of the character that is being taken. */
    final long line() {
        return line;
    }

    /** A document was found. */
    final void found(long at, String key) {
        if (key.isEmpty()) {
            fault(at, "has no sourceKey");
        } else if (key.length() > LONGEST_KEY) {
            fault(at, "has a sourceKey of more than " + LONGEST_KEY + " characters");
        } else if (key.indexOf('\0') >= 0) {
            fault(at, "has a sourceKey with NUL in it");
        } else {
            keys.add(new Listed(at, key));
        }
    }

    /** Something is wrong, and the next record may still be read. */
    final void fault(long at, String message) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(at, message));
        }
    }

    /** Something is wrong, and nothing behind it can be understood. */
    final void giveUp(long at, String message) {
        fault(at, message);
        broken = true;
    }
}
