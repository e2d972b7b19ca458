package io.hermes.cli.hcl;

/**
 * A text between quotes.
 *
 * @param meant what it says; of a template nothing that could be used
 * @param template whether something has to be put into it
 * @param end where the file goes on
 */
record QuotedText(String meant, boolean template, int end) {

    private static final int DEEPEST = 20;

    /** @param from where its first quote is */
    static QuotedText read(String file, int from, int line) throws HclFault {
        return new Reading(file, from + 1, line).quoted(0);
    }

    private static final class Reading {

        private final String file;
        private final int line;
        private int at;

        Reading(String file, int at, int line) {
            this.file = file;
            this.at = at;
            this.line = line;
        }

        QuotedText quoted(int depth) throws HclFault {
            StringBuilder meant = new StringBuilder();
            boolean template = false;
            for (char one = here(); one != '"'; one = here()) {
                if (file.startsWith("$${", at) || file.startsWith("%%{", at)) {
                    meant.append(one).append('{');
                    at += 3;
                } else if (file.startsWith("${", at) || file.startsWith("%{", at)) {
                    template = true;
                    at += 2;
                    skipTemplate(depth + 1);
                } else if (one == '\\') {
                    meant.appendCodePoint(escaped());
                } else {
                    meant.append(one);
                    at++;
                }
            }
            at++;
            return new QuotedText(meant.toString(), template, at);
        }

        /** Up to behind the brace that ends it; there may be texts in it, and braces in these. */
        private void skipTemplate(int depth) throws HclFault {
            if (depth > DEEPEST) {
                throw new HclFault(line, "a text is nested deeper than a configuration is");
            }
            int open = 1;
            while (open > 0) {
                char one = here();
                at++;
                switch (one) {
                    case '"' -> {
                        QuotedText unused = quoted(depth);
                    }
                    case '{' -> open++;
                    case '}' -> open--;
                    default -> {
                        continue;
                    }
                }
            }
        }

        private char here() throws HclFault {
            if (at >= file.length() || file.charAt(at) == '\n') {
                throw new HclFault(line, "a text begins here that does not end on its line");
            }
            return file.charAt(at);
        }

        private int escaped() throws HclFault {
            at++;
            char one = here();
            at++;
            return switch (one) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case '"', '\\' -> one;
                case 'u' -> codePoint(4);
                case 'U' -> codePoint(8);
                default ->
                    throw new HclFault(line, "a backslash in a text stands before n, r, t, u, U, \" or another one");
            };
        }

        private int codePoint(int digits) throws HclFault {
            String hex = at + digits <= file.length() ? file.substring(at, at + digits) : "";
            int code = hex.matches("[0-9A-Fa-f]+") ? (int) Long.parseLong(hex, 16) : -1;
            if (!Character.isValidCodePoint(code) || Character.getType(code) == Character.SURROGATE) {
                throw new HclFault(line, "\\u needs four and \\U eight hexadecimal digits of a character");
            }
            at += digits;
            return code;
        }
    }
}
