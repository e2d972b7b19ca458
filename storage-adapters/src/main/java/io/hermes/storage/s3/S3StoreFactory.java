package io.hermes.storage.s3;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Pace;
import io.hermes.storage.StoreEndpoint;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes stores of type {@code s3}. All of them share event loops and, where their connections are alike, connections. */
@ApplicationScoped
public class S3StoreFactory implements StoreFactory, AutoCloseable {

    /** The provider type. */
    public static final String TYPE = "s3";

    private final AllowedServers allowed;

    // Made on first use: the scope's proxy runs this class's initialisers too and would open event loops of its own.
    private S3Clients clients;

    /** Stores on every server. */
    public S3StoreFactory() {
        this(AllowedServers.everywhere());
    }

    /** Stores where a bean of the operator's says, everywhere if there is none. */
    @Inject
    S3StoreFactory(Instance<AllowedServers> allowed) {
        this(allowed.isResolvable() ? allowed.get() : AllowedServers.everywhere());
    }

    /** Stores on these servers only. */
    public S3StoreFactory(AllowedServers allowed) {
        this.allowed = allowed;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String schema() {
        return S3Settings.SCHEMA.text();
    }

    @Override
    public Set<String> secretKeys() {
        return S3Settings.SCHEMA.secretKeys();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        List<SettingProblem> problems =
                new ArrayList<>(S3Settings.read(settings).problems());
        for (StoreEndpoint server : endpoints(settings)) {
            allowed.problemOf(server).ifPresent(problem -> problems.add(new SettingProblem(server.setting(), problem)));
        }
        return problems;
    }

    @Override
    public List<StoreEndpoint> endpoints(StoreSettings settings) {
        return S3Settings.read(settings).config().endpoints();
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        return openValid(settings, Pace.unlimited(settings.providerName()));
    }

    @Override
    public DocumentStore openValid(StoreSettings settings, Pace pace) {
        S3Config config = S3Settings.read(settings).config();
        return new S3DocumentStore(config, clients().lease(config, pace), settings.writable(), settings.measured());
    }

    private synchronized S3Clients clients() {
        if (clients == null) {
            clients = new S3Clients(Clock.systemUTC(), allowed);
        }
        return clients;
    }

    /** Ends all connections of all stores. */
    @Override
    @PreDestroy
    public synchronized void close() {
        if (clients != null) {
            clients.close();
            clients = null;
        }
    }
}
