package io.hermes.storage.s3;

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
 */
final class WatchedHttp implements SdkAsyncHttpClient {

    /** For a body that nobody asks for any more: its reader has most probably forgotten it. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private final SdkAsyncHttpClient http;
    private final Transport transport;
    private final ScheduledExecutorService timers;
    private final Executor executor;

    /** @param executor where failures are told, since readers may take their time over them */
    WatchedHttp(SdkAsyncHttpClient http, Transport transport, ScheduledExecutorService timers, Executor executor) {
        this.http = http;
        this.transport = transport;
        this.timers = timers;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        Exchange exchange =
                new Exchange(request.responseHandler(), new Patience(transport.connect(), transport.idle(), FORGOTTEN));
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
