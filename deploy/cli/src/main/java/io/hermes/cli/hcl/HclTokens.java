package io.hermes.cli.hcl;

import io.hermes.cli.hcl.HclToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes HCL apart. Comments are gone afterwards. */
final class HclTokens {

    private static final Pattern BLANK = Pattern.compile("[ \\t\\r]+|(?:#|//)[^\\n]*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,18})?(?![\\p{L}\\p{N}_.])");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?[\\p{L}_]");
    private static final String SYMBOLS = "{}[]()=,:.+-*/%<>!&|?~";

    private final String text;
    private final Matcher matcher;
    private final List<HclToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    HclTokens(String text) {
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
        this.matcher = Pattern.compile("").matcher(this.text);
    }

    /** All of them, and {@link Kind#END} last. */
    List<HclToken> all() throws HclFault {
        while (at < text.length()) {
            next();
        }
        add(Kind.END, "");
        return tokens;
    }

    private void next() throws HclFault {
        char here = text.charAt(at);
        if (take(BLANK)) {
            return;
        }
        if (text.startsWith("/*", at)) {
            comment();
        } else if (here == '\n') {
            add(Kind.LINE_END, "");
            line++;
            at++;
        } else if (here == '"') {
            text();
        } else if (take(NAME)) {
            add(Kind.NAME, matcher.group());
        } else if (take(NUMBER)) {
            add(Kind.NUMBER, matcher.group());
        } else if (take(HERE_DOCUMENT)) {
            throw new HclFault(line, "a here document is not read here; write the text between quotes");
        } else if (SYMBOLS.indexOf(here) >= 0) {
            add(Kind.SYMBOL, String.valueOf(here));
            at++;
        } else {
            throw new HclFault(line, "something stands here that is no HCL; is a text without its quotes?");
        }
    }

    private boolean take(Pattern what) {
        boolean there = matcher.usePattern(what).region(at, text.length()).lookingAt();
        at = there ? matcher.end() : at;
        return there;
    }

    private void add(Kind kind, String word) {
        tokens.add(new HclToken(kind, word, line));
    }

    private void comment() throws HclFault {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new HclFault(line, "the comment that begins here has no end; it needs */");
        }
        line += (int) text.substring(at, end).chars().filter(one -> one == '\n').count();
        at = end + 2;
    }

    private void text() throws HclFault {
        QuotedText quoted = QuotedText.read(text, at, line);
        add(quoted.template() ? Kind.TEMPLATE : Kind.TEXT, quoted.meant());
        at = quoted.end();
    }
}
