package io.hermes.edge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who may do what: the table in {@code roles.md} among the test's resources, which people write and review. A cell is {@code yes}, or
 * the status of the refusal.
 *
 * @param rows by operation, then by who asks
 */
record RoleMatrix(SortedMap<String, Map<String, String>> rows) {

    /** Nobody, somebody with a wrong token, and who has a role: the columns of the table. */
    static final List<String> WHO = List.of("nobody", "wrong token", "viewer", "operator", "admin", "service");

    private static final List<String> BY_POWER = List.of("viewer", "operator", "admin");

    static RoleMatrix read() {
        try (InputStream file = RoleMatrix.class.getResourceAsStream("/roles.md")) {
            SortedMap<String, Map<String, String>> rows = new TreeMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(RoleMatrix::cells)
                    .forEach(cells -> rows.put(cells.get(0).replace("`", ""), row(cells.subList(1, cells.size()))));
            return new RoleMatrix(rows);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The row of an operation that asks for this role. */
    static Map<String, String> row(String role) {
        return row(WHO.stream()
                .map(who -> switch (who) {
                    case "nobody", "wrong token" -> "401";
                    default -> suffices(who, role) ? "yes" : "403";
                })
                .toList());
    }

    private static boolean suffices(String has, String wanted) {
        return has.equals(wanted) || (BY_POWER.contains(wanted) && BY_POWER.indexOf(has) > BY_POWER.indexOf(wanted));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|"))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private static Map<String, String> row(List<String> cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (String who : WHO) {
            row.put(who, row.size() < cells.size() ? cells.get(row.size()) : "");
        }
        return row;
    }
}
