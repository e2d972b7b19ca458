package io.hermes.storage.memory;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import io.hermes.storage.settings.Settings;
import io.hermes.storage.settings.SettingsSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens memory stores. The documents belong to the name ({@code name}, by default the provider's UUID), not to the opened store: they
 * outlive {@code close} and are seen by everyone in this process who opens the same name, and by nobody else. Where the first who
 * opens a name says {@code revisions} = {@code true}, every earlier revision is kept too, on the heap and for as long.
 */
@ApplicationScoped
public class MemoryStoreFactory implements StoreFactory {

    private static final SettingsSchema SCHEMA = SettingsSchema.beside(MemoryStoreFactory.class);

    private final Map<String, MemoryDocuments> containers = new ConcurrentHashMap<>();

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public String schema() {
        return SCHEMA.text();
    }

    @Override
    public Set<String> secretKeys() {
        return SCHEMA.secretKeys();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        return MemorySettings.read(settings).problems();
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        MemorySettings read = MemorySettings.read(settings);
        return new MemoryStore(
                containers.computeIfAbsent(read.name(), unused -> new MemoryDocuments(read.keepsRevisions())));
    }

    /**
     * The settings of a memory store.
     *
     * @param name whose documents are meant
     * @param keepsRevisions whether earlier revisions are kept
     * @param problems everything that is wrong with them
     */
    private record MemorySettings(String name, boolean keepsRevisions, List<SettingProblem> problems) {

        static MemorySettings read(StoreSettings settings) {
            Settings in = new Settings(SCHEMA, settings);
            String name = in.given("name").orElse(settings.providerUuid().toString());
            boolean revisions = in.flag("revisions");
            in.given(PathTemplate.SETTING)
                    .flatMap(PathTemplate::problemOf)
                    .ifPresent(problem -> in.problem(PathTemplate.SETTING, problem));
            return new MemorySettings(name, revisions, in.problems());
        }
    }
}
