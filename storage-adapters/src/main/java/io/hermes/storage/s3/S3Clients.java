package io.hermes.storage.s3;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Pace;
import io.hermes.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Builds one SDK client a store over as few HTTP clients as possible: those with equal {@link Transport} share one, and all share
 * one group of event loops.
 *
 * <p>Nothing of the environment decides where a client connects: endpoint, region, checksums and retries are said explicitly, proxy
 * variables are not read. Only credentials may come from the SDK's default chain, where the provider has none.
 */
final class S3Clients implements AutoCloseable {

    /**
     * Of one {@link Transport}. No setting: the worker's slots and each provider's {@code upload_concurrency} bound what is asked for at
     * once, and this is only above what they come to, so that a defect cannot use up the process's sockets.
     */
    private static final int MAX_CONNECTIONS = 256;

    /** Requests that wait for a connection. They wait no longer than {@code connection_timeout_seconds}, so it is never reached. */
    private static final int MAX_WAITING = 10_000;
    /** None: {@link WatchedHttp} measures silence. */
    private static final Duration WATCHED = Duration.ZERO;

    private final SdkEventLoopGroup loops;
    private final ExecutorService completions = Executors.newFixedThreadPool(
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors()), daemons("hermes-s3"));
    private final ScheduledExecutorService timers = timers();
    private final Map<Transport, SharedClient> shared = new HashMap<>();
    private final Clock clock;

    S3Clients() {
        this(Clock.systemUTC());
    }

    /** @param clock tells when the credentials of a role end */
    S3Clients(Clock clock) {
        this(clock, AllowedServers.everywhere());
    }

    /**
     * @param clock tells when the credentials of a role end
     * @param allowed the addresses that are connected to, by whatever name
     */
    S3Clients(Clock clock, AllowedServers allowed) {
        this.clock = clock;
        this.loops =
                SdkEventLoopGroup.create(new EventLoops(daemons("hermes-s3-io")), () -> new GuardedChannel(allowed));
    }

    /** An HTTP client and the number of stores that use it. */
    private static final class SharedClient {
        private final SdkAsyncHttpClient client;
        private int users;

        private SharedClient(SdkAsyncHttpClient client) {
            this.client = client;
        }
    }

    /**
     * A store's clients.
     *
     * @param s3 the SDK's client
     * @param http the HTTP client below it, shared
     * @param credentials what it signs with
     * @param release to be called once, when the store is closed
     */
    record Lease(
            S3AsyncClient s3,
            SdkAsyncHttpClient http,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            Runnable release) {}

    /**
     * What a store signs with.
     *
     * @param provider knows the credentials
     * @param release frees what it needs for that
     */
    private record Signing(IdentityProvider<? extends AwsCredentialsIdentity> provider, Runnable release) {}

    /** Clients of a store that nobody paces. */
    Lease lease(S3Config config) {
        return lease(config, Pace.unlimited(config.bucket()));
    }

    /** @param pace of the provider's requests; those for credentials go to another server */
    Lease lease(S3Config config, Pace pace) {
        SdkAsyncHttpClient shared = take(config.transport());
        SdkAsyncHttpClient http = watched(shared, config, pace);
        Signing signing = signing(config, watched(shared, config, Pace.unlimited(config.bucket())));
        S3AsyncClient s3 = S3AsyncClient.builder()
                .httpClient(http)
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .forcePathStyle(config.pathStyle())
                .credentialsProvider(signing.provider())
                .authSchemeProvider(new SignedPayload())
                .putAuthScheme(new KnownHashScheme())
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .requestChecksumCalculation(config.checksums().requests)
                .responseChecksumValidation(config.checksums().responses)
                .defaultsMode(DefaultsMode.LEGACY)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, completions))
                .overrideConfiguration(overrides(config))
                .build();
        S3AsyncClient ready = new CredentialsFirst(s3, signing.provider());
        Attempts attempts = new Attempts(strategy(config), timers);
        S3AsyncClient direct = new DirectRequests(ready, config, http, signing.provider(), attempts, completions);
        return new Lease(new PacedRequests(direct, pace), http, signing.provider(), () -> {
            s3.close();
            signing.release().run();
            giveBack(config.transport());
        });
    }

    private SdkAsyncHttpClient watched(SdkAsyncHttpClient http, S3Config config, Pace pace) {
        return new WatchedHttp(http, config.transport(), timers, completions, pace);
    }

    private ClientOverrideConfiguration overrides(S3Config config) {
        return retrying(config)
                .addExecutionInterceptor(new SmallBodiesAtOnce())
                .addExecutionInterceptor(new HistoryOrder())
                .addExecutionInterceptor(new StrangeAnswers())
                // Answers pass from the last to the first, and the others are to see XML.
                .addExecutionInterceptor(new LegalXml())
                .build();
    }

    private ClientOverrideConfiguration.Builder retrying(S3Config config) {
        return ClientOverrideConfiguration.builder()
                .defaultProfileFile(ProfileFile.aggregator().build())
                .scheduledExecutorService(timers)
                .retryStrategy(strategy(config));
    }

    private static RetryStrategy strategy(S3Config config) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(config.maxAttempts())
                .retryOnException(S3Errors::neverSent)
                .build();
    }

    private Signing signing(S3Config config, SdkAsyncHttpClient http) {
        AwsCredentialsProvider own = own(config);
        return config.role().map(role -> assuming(role, own, config, http)).orElseGet(() -> new Signing(own, () -> {}));
    }

    private Signing assuming(Role role, AwsCredentialsProvider own, S3Config config, SdkAsyncHttpClient http) {
        StsAsyncClient sts = StsAsyncClient.builder()
                .httpClient(http)
                .endpointOverride(role.sts())
                .region(Region.of(config.region()))
                .defaultsMode(DefaultsMode.LEGACY)
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, completions))
                .overrideConfiguration(retrying(config)
                        .addExecutionInterceptor(new StrangeAnswers())
                        .build())
                .build();
        return new Signing(new AssumedRole(sts, own, role, clock), sts::close);
    }

    private AwsCredentialsProvider own(S3Config config) {
        return config.keys()
                .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        keys.access().reveal(), keys.secret().reveal())))
                .orElseGet(() -> new ChainCredentials(completions));
    }

    private synchronized SdkAsyncHttpClient take(Transport transport) {
        SharedClient entry = shared.computeIfAbsent(transport, key -> new SharedClient(build(key)));
        entry.users++;
        return entry.client;
    }

    private synchronized void giveBack(Transport transport) {
        SharedClient entry = shared.get(transport);
        if (entry != null && --entry.users == 0) {
            shared.remove(transport);
            entry.client.close();
        }
    }

    private SdkAsyncHttpClient build(Transport transport) {
        NettyNioAsyncHttpClient.Builder builder = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(loops)
                .maxConcurrency(MAX_CONNECTIONS)
                .maxPendingConnectionAcquires(MAX_WAITING)
                .connectionAcquisitionTimeout(transport.connect())
                .connectionTimeout(transport.connect())
                .tlsNegotiationTimeout(transport.connect())
                .readTimeout(WATCHED)
                .writeTimeout(WATCHED)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build());
        transport.authorities().map(Authorities::trusting).ifPresent(builder::tlsTrustManagersProvider);
        return builder.buildWithDefaults(AttributeMap.builder()
                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, transport.skipVerify())
                .build());
    }

    /** Nearly all timers are cancelled long before their time, thousands a second, and must not stay until then. */
    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, daemons("hermes-s3-timer"));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    }

    @Override
    public synchronized void close() {
        shared.values().forEach(entry -> entry.client.close());
        shared.clear();
        Future<?> unused = loops.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        timers.shutdownNow();
        completions.shutdown();
    }

    static StorageException invalid(String key, String detail) {
        return new StorageException(ErrorKind.CONFIG_INVALID, "open", key, detail);
    }
}
