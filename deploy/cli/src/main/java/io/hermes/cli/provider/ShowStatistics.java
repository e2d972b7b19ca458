package io.hermes.cli.provider;

import io.hermes.cli.api.Query;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a store holds. */
@Command(
        name = "statistics",
        description = "Shows how much a store holds, how that is known, of which kinds, and its quota.")
final class ShowStatistics implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "PROVIDER", description = "Name, id or UUID.")
    private String name;

    ShowStatistics(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(
                session.registry().get(ProviderCommands.PATH + "/" + Query.segment(name) + "/statistics"),
                StatisticsText::lines);
        return 0;
    }
}
