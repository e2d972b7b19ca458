package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.Pages;
import io.hermes.cli.api.Query;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import io.hermes.cli.session.LimitOption;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which stores there are. */
@Command(name = "list", description = "Lists the stores, the primary one first.")
final class ListProviders implements Callable<Integer> {

    private static final int PAGE = 100;

    private final Session session;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only such, for example s3.")
    private String type;

    @Option(names = "--status", paramLabel = "WORD", description = "Only such: active, readonly, disabled, migrating.")
    private String status;

    @Mixin
    private final LimitOption limit = new LimitOption();

    ListProviders(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Query query = Query.of(ProviderCommands.PATH).with("type", type).with("status", status);
        JsonNode answer = new Pages(session.registry(), "providers", PAGE).first(query, limit.limit());
        session.show(answer, ListProviders::lines);
        limit.noteMore(session, answer, "");
        return 0;
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table(">ID", "NAME", "TYPE", "STATUS", "HEALTH", "USE", ">DOCUMENTS");
        answer.path("providers")
                .forEach(provider -> table.add(
                        Plain.value(provider.path("id")),
                        Plain.value(provider.path("providerName")),
                        Plain.value(provider.path("providerType")),
                        Plain.value(provider.path("status")),
                        Plain.value(provider.path("healthStatus")),
                        ProviderText.use(provider),
                        Plain.value(provider.path("documentCount"))));
        return table.lines();
    }
}
