package io.hermes.storage.s3;

import io.hermes.storage.Pace;
import io.hermes.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Ends exchanges in which the other side is silent for too long, and only those.
 *
 * <p>The time-outs of the HTTP client below are off, because they measure something else. Its read time-out also runs while a slow
 * destination keeps us from reading, so that a copy would break for being slow; its write time-out gives a whole buffer, however
 * large, the time that is meant for one sign of progress.
 *
 * <p>What goes out here is what a provider's pace counts: every attempt of every call. An attempt waits for its turn before it is watched.
 */
final class WatchedHttp implements SdkAsyncHttpClient {

    /** For a body that nobody asks for any more: its reader has most probably forgotten it. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private final SdkAsyncHttpClient http;
    private final Transport transport;
    private final ScheduledExecutorService timers;
    private final Executor executor;
    private final Pace pace;

    /**
     * @param executor where failures are told, since readers may take their time over them
     * @param pace of the provider that is asked
     */
    WatchedHttp(
            SdkAsyncHttpClient http,
            Transport transport,
            ScheduledExecutorService timers,
            Executor executor,
            Pace pace) {
        this.http = http;
        this.transport = transport;
        this.timers = timers;
        this.executor = executor;
        this.pace = pace;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        if (pace.isFree() || hadItsTurn(request)) {
            return send(request);
        }
        CompletableFuture<Void> done = Turns.before(pace, () -> send(request));
        CompletableFuture<Void> unused = done.whenComplete((answered, failure) -> {
            if (failure != null && failure.getCause() instanceof StorageException refused) {
                request.responseHandler().onError(refused);
            }
        });
        return done;
    }

    /** The first attempt of a call waited in {@link PacedRequests}, before it was signed: signatures do not keep. */
    private static boolean hadItsTurn(AsyncExecuteRequest request) {
        return request.request()
                .firstMatchingHeader("amz-sdk-request")
                .filter(attempt -> attempt.startsWith("attempt=1;"))
                .isPresent();
    }

    private CompletableFuture<Void> send(AsyncExecuteRequest request) {
        Exchange exchange = new Exchange(
                request.responseHandler(), new Patience(transport.connect(), transport.idle(), FORGOTTEN), pace);
        CompletableFuture<Void> done = http.execute(AsyncExecuteRequest.builder()
                .request(request.request())
                .requestContentPublisher(new SentBody(request.requestContentPublisher(), exchange::onProgress))
                .responseHandler(exchange)
                .fullDuplex(request.fullDuplex())
                .metricCollector(request.metricCollector().orElse(null))
                .httpExecutionAttributes(request.httpExecutionAttributes())
                .build());
        new Watchdog(exchange, done, timers, executor).start();
        return done;
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }
}
