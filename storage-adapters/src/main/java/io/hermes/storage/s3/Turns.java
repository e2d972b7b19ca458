package io.hermes.storage.s3;

import io.hermes.storage.Pace;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/** Requests that wait for their turn. */
final class Turns {

    private Turns() {}

    /** Sends when it is this request's turn, unless nobody waits for the answer any more; giving it up later ends the request. */
    static <R> CompletableFuture<R> before(Pace pace, Supplier<CompletableFuture<R>> send) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        CompletableFuture<Void> turn = pace.request();
        CompletableFuture<R> sent = turn.thenCompose(mine -> passingEndOn(answer, send.get()));
        CompletableFuture<R> unusedToo = CompletableFutureUtils.forwardExceptionTo(answer, turn);
        CompletableFuture<R> unused = CompletableFutureUtils.forwardResultTo(sent, answer);
        return answer;
    }

    /** Whoever gives up waiting for the answer ends the request. */
    static <R> CompletableFuture<R> passingEndOn(CompletableFuture<R> answer, CompletableFuture<R> sent) {
        CompletableFuture<R> unused = CompletableFutureUtils.forwardExceptionTo(answer, sent);
        return sent;
    }
}
