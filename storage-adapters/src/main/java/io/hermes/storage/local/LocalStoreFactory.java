package io.hermes.storage.local;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Opens local stores. All of them share one set of worker threads, since they usually share the disks. */
@ApplicationScoped
public class LocalStoreFactory implements StoreFactory {

    private final LocalWorkers workers = new LocalWorkers();

    @Override
    public String type() {
        return "local";
    }

    @Override
    public Set<String> secretKeys() {
        return Set.of();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        return LocalConfig.problems(settings);
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        return new LocalDocumentStore(settings.providerName(), LocalConfig.of(settings), settings.measured(), workers);
    }
}
