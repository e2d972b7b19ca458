package io.hermes.edge.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Hears what is logged until it is closed, by whichever logger that lets it pass, with every cause. */
public final class LogListener extends Handler {

    private final Logger all = Logger.getLogger("");
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogListener() {}

    /** Listens from now on. */
    public static LogListener open() {
        LogListener listener = new LogListener();
        listener.setLevel(Level.ALL);
        listener.all.addHandler(listener);
        return listener;
    }

    /** What was logged so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord record) {
        StringWriter line = new StringWriter();
        line.append(ExtLogRecord.wrap(record).getFormattedMessage());
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        lines.add(line.toString());
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        all.removeHandler(this);
    }
}
