package io.hermes.cli.provider;

import io.hermes.cli.api.Query;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A store whose documents are to be counted. */
@Command(
        name = "scan",
        description = {
            "Begins to count the documents of a store by listing all of them, which goes on by itself.",
            "'hermes provider statistics' shows how far it has come."
        })
final class ScanProvider implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "PROVIDER", description = "Name, id or UUID.")
    private String name;

    ScanProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(
                session.registry().post(ProviderCommands.PATH + "/" + Query.segment(name) + "/scan"),
                StatisticsText::lines);
        return 0;
    }
}
