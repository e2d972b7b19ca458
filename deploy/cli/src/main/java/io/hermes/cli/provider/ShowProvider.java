package io.hermes.cli.provider;

import io.hermes.cli.api.Query;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One store. */
@Command(name = "show", description = "Shows one store: its settings, its health, what it can do.")
final class ShowProvider implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "PROVIDER", description = "Name, id or UUID.")
    private String name;

    ShowProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(session.registry().get(ProviderCommands.PATH + "/" + Query.segment(name)), ProviderText::facts);
        return 0;
    }
}
