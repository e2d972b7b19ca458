package io.hermes.storage.local;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** Opens local stores, where {@link AllowedRoots} allow them. */
@ApplicationScoped
public class LocalStoreFactory implements StoreFactory {

    private final AllowedRoots allowed;
    private final LocalResources resources = LocalResources.create();

    /** Stores everywhere but in the operating system's folders. */
    public LocalStoreFactory() {
        this(AllowedRoots.everywhere());
    }

    /** Stores where a bean of the operator's says, everywhere if there is none. */
    @Inject
    LocalStoreFactory(Instance<AllowedRoots> allowed) {
        this(allowed.isResolvable() ? allowed.get() : AllowedRoots.everywhere());
    }

    /** Stores in these places only. */
    public LocalStoreFactory(AllowedRoots allowed) {
        this.allowed = allowed;
    }

    /** Refuses to let a service start where file names are not UTF-8. */
    void start(@Observes Startup event) {
        FileNames.requireUtf8();
    }

    @Override
    public String type() {
        return "local";
    }

    @Override
    public String schema() {
        return LocalSettings.SCHEMA.text();
    }

    @Override
    public Set<String> secretKeys() {
        return LocalSettings.SCHEMA.secretKeys();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        return LocalSettings.problems(settings, allowed);
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        FileNames.requireUtf8();
        LocalRoot root = new LocalRoot(LocalSettings.config(settings, allowed), allowed, resources);
        return new LocalDocumentStore(settings.providerName(), root, settings.measured());
    }
}
