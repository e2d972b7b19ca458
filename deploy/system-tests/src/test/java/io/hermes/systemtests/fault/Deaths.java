package io.hermes.systemtests.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stack's log, read for processes that ended unasked, and passed on. */
public final class Deaths implements Consumer<String> {

    private static final Pattern DEATH = Pattern.compile("(\\S+) \\(pid (\\d+)\\) ended with code (\\d+);.*");

    private final Consumer<String> log;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();

    /**
     * One end of one process.
     *
     * @param name in the stack
     * @param code 128 and more for signals
     */
    public record Death(String name, long pid, int code) {

        private static final int SIGKILL = 128 + 9;

        /** By SIGKILL or by a rule: without a last word. */
        public boolean isSudden() {
            return code == SIGKILL || code == CrashPoint.EXIT_CODE;
        }
    }

    public Deaths(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void accept(String line) {
        Matcher death = DEATH.matcher(line);
        if (death.matches()) {
            deaths.add(new Death(death.group(1), Long.parseLong(death.group(2)), Integer.parseInt(death.group(3))));
        }
        log.accept(line);
    }

    /** All so far, in their order. */
    public List<Death> all() {
        return List.copyOf(deaths);
    }
}
