package io.hermes.cli.provider;

import io.hermes.cli.api.Query;
import io.hermes.cli.output.Plain;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A store that is no longer needed. */
@Command(
        name = "remove",
        description = {"Forgets a store that no unfinished job uses.", "The documents in it stay where they are."})
final class RemoveProvider implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "PROVIDER", description = "Name, id or UUID.")
    private String name;

    RemoveProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(
                session.registry().delete(ProviderCommands.PATH + "/" + Query.segment(name)),
                gone -> List.of(
                        "Provider " + Plain.value(gone.path("providerId")) + " is removed; its documents stay."));
        return 0;
    }
}
