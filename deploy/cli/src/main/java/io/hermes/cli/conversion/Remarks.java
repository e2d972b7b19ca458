package io.hermes.cli.conversion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What people have to be told. */
final class Remarks {

    private final List<Remark> all = new ArrayList<>();

    void add(int line, String place, String sentence) {
        all.add(new Remark(line, place, sentence));
    }

    /** In the order of the configuration. */
    List<Remark> inOrder() {
        return all.stream().sorted(Comparator.comparingInt(Remark::line)).toList();
    }
}
