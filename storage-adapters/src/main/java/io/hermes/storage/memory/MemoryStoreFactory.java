package io.hermes.storage.memory;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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

    private static final String NAME = "name";
    private static final String REVISIONS = "revisions";
    private static final Set<String> KNOWN = Set.of(NAME, REVISIONS, PathTemplate.SETTING, "default_mime_type");

    private final Map<String, MemoryDocuments> containers = new ConcurrentHashMap<>();

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Set<String> secretKeys() {
        return Set.of();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        List<SettingProblem> problems = new ArrayList<>();
        settings.config().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .forEach(key -> problems.add(new SettingProblem(key, "unknown setting; remove it")));
        if (!Set.of("true", "false").contains(settings.config().getOrDefault(REVISIONS, "false"))) {
            problems.add(new SettingProblem(REVISIONS, "is true or false"));
        }
        String template = settings.config().get(PathTemplate.SETTING);
        if (template != null) {
            PathTemplate.problemOf(template)
                    .ifPresent(problem -> problems.add(new SettingProblem(PathTemplate.SETTING, problem)));
        }
        return problems;
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        String name =
                settings.config().getOrDefault(NAME, settings.providerUuid().toString());
        boolean revisions = Boolean.parseBoolean(settings.config().get(REVISIONS));
        return new MemoryStore(containers.computeIfAbsent(name, unused -> new MemoryDocuments(revisions)));
    }
}
