package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.ProxiedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store's client, of which tests see what it sends itself and what it leaves to the SDK. */
abstract class DirectOnTheWire extends ThroughFaults {

    /** What differs between any two requests, or says which program sent it. */
    private static final Set<String> OWN = Set.of("user-agent", "amz-sdk-invocation-id", "authorization", "x-amz-date");

    /** With what means something in a URL, to XML or to a folder. */
    static Stream<String> keys() {
        return Stream.of(
                "a.md",
                "a/b c.md",
                "ä/ß+~*'()!.md",
                "%20/%/&?#;=:@,$.md",
                "a//b/../c/./.md",
                "/from the top.md",
                "日本語/🙂.md",
                "b\\c\"<>^`{|}.md");
    }

    final S3Clients clients = new S3Clients();
    S3Clients.Lease lease;

    @BeforeEach
    void lease() {
        lease = lease(settings());
    }

    @AfterEach
    void release() {
        lease.release().run();
        clients.close();
    }

    S3Clients.Lease lease(S3StoreSettings settings) {
        return clients.lease(S3Settings.read(settings.build()).config());
    }

    /** The line and headers of the latest request, without what differs between any two. */
    final Map<String, List<String>> latest() {
        ProxiedRequest request = proxy.requests().getLast();
        Map<String, List<String>> sent = request.headers().lines().stream()
                .filter(line -> !OWN.contains(line.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.groupingBy(
                        line -> line.name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(HttpHeaders.Line::value, Collectors.toList())));
        sent.put("", List.of(request.method(), request.target()));
        return sent;
    }

    /** Which of the requests so far went out without the SDK. */
    final List<Boolean> direct() {
        return proxy.requests().stream()
                .map(request -> request.headers().first("amz-sdk-invocation-id").isEmpty())
                .toList();
    }

    static Throwable failureOf(CompletableFuture<?> answer) {
        Throwable failure = answer.handle((told, failed) -> failed)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThat(failure).isNotNull();
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }
}
