package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.Pages;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import io.hermes.cli.session.LimitOption;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The documents of a job. */
@Command(name = "items", description = "Lists the documents of a job.")
final class ListItems implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Session session;

    @Mixin
    private final ItemOptions items = new ItemOptions();

    @Mixin
    private final LimitOption limit = new LimitOption();

    ListItems(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        JsonNode answer = new Pages(session.orchestrator(), "items", PAGE).first(items.query(), limit.limit());
        session.show(answer, ListItems::lines);
        limit.noteMore(session, answer, ", or take them all with hermes job export " + items.job());
        return 0;
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table(">ID", "STATUS", "REASON", ">ATTEMPTS", ">SIZE", "ERROR", "KEY");
        answer.path("items")
                .forEach(item -> table.add(
                        Plain.value(item.path("id")),
                        Plain.value(item.path("status")),
                        Plain.value(item.path("reason")),
                        Plain.value(item.path("attemptCount")),
                        Amounts.bytes(item.path("sizeBytes").asDouble()),
                        Plain.value(item.path("errorCode")),
                        Plain.value(item.path("sourceKey"))));
        return table.lines();
    }
}
