package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names of one folder from some position on, sorted and packed: all of them, or as many as the bound takes. A folder with more
 * names is a row of windows, each found by one pass over the folder, so that memory is bounded however many there are.
 */
final class NameWindow {

    private final Position start;
    private final byte[] text;
    private final int[] ends;
    private final boolean last;

    private NameWindow(Position start, List<byte[]> sorted, boolean last) {
        this.start = start;
        this.last = last;
        this.ends = new int[sorted.size()];
        this.text = new byte[sorted.stream().mapToInt(name -> name.length).sum()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            byte[] name = sorted.get(i);
            System.arraycopy(name, 0, text, end, name.length);
            end += name.length;
            ends[i] = end;
        }
    }

    /**
     * Reads the folder once. Names of ours are left out.
     *
     * @param maxBytes of memory that the names may take; twice as much is needed while they are gathered
     */
    static NameWindow read(Folder folder, Position start, int maxBytes) throws IOException {
        Gathered gathered = new Gathered(start, maxBytes);
        try (DirectoryStream<Path> names = folder.names()) {
            for (Path entry : names) {
                ListedName name = ListedName.of(folder.path(), entry);
                if (!name.text().startsWith(DocumentKey.RESERVED_PREFIX)) {
                    gathered.add(name.sorted());
                }
            }
        }
        return gathered.window();
    }

    int size() {
        return ends.length;
    }

    ListedName name(int index) {
        int from = begin(index);
        return ListedName.ofSorted(text, from, ends[index] - from);
    }

    private int begin(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Whether no name of the folder comes behind this window. */
    boolean isLast() {
        return last;
    }

    /** Where the next window begins; there is one unless this is the last. */
    Position end() {
        return Position.behind(name(size() - 1).text());
    }

    /** Whether what comes at this position is in this window. */
    boolean covers(Position position) {
        return !position.isBefore(start) && (last || position.isBefore(end()));
    }

    /** The index of the first name that is not before the position; {@link #size} if there is none. */
    int indexOf(Position position) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (position.isBehind(Arrays.copyOfRange(text, begin(middle), ends[middle]))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The least names so far. */
    private static final class Gathered {

        /** What an array of its own costs a name, and its place in the list. */
        private static final int OVERHEAD_BYTES = 24;

        private final Position start;
        private final int maxBytes;
        private List<byte[]> names = new ArrayList<>();
        private long bytes;
        private Position end;

        private Gathered(Position start, int maxBytes) {
            this.start = start;
            this.maxBytes = maxBytes;
        }

        private void add(byte[] name) {
            if (start.isBehind(name) || (end != null && !end.isBehind(name))) {
                return;
            }
            names.add(name);
            bytes += cost(name);
            if (bytes > 2L * maxBytes) {
                cut();
            }
        }

        private void cut() {
            names.sort(Arrays::compareUnsigned);
            bytes = 0;
            int kept = 0;
            while (kept < names.size() && (kept == 0 || bytes + cost(names.get(kept)) <= maxBytes)) {
                bytes += cost(names.get(kept++));
            }
            if (kept < names.size()) {
                names = new ArrayList<>(names.subList(0, kept));
                end = new Position(Arrays.copyOf(names.get(kept - 1), names.get(kept - 1).length + 1));
            }
        }

        private static int cost(byte[] name) {
            return name.length + OVERHEAD_BYTES;
        }

        private NameWindow window() {
            cut();
            return new NameWindow(start, names, end == null);
        }
    }
}
