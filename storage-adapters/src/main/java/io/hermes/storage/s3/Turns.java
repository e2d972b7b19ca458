package io.hermes.storage.s3;

import io.hermes.storage.Pace;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/** Requests that wait for their turn. */
final class Turns {

    private Turns() {}

    /** Sends when it is this request's turn, unless nobody waits for the answer any more; giving it up later ends the request. */
    static <R> CompletableFuture<R> before(Pace pace, Supplier<CompletableFuture<R>> send) {
        CompletableFuture<Void> turn = pace.request();
        CompletableFuture<R> answer = after(turn, mine -> send.get());
        CompletableFuture<R> unused = CompletableFutureUtils.forwardExceptionTo(answer, turn);
        return answer;
    }

    /** Sends when there is what it needs; giving the answer up ends the request, but not what it waits for, which others may share. */
    static <T, R> CompletableFuture<R> after(CompletableFuture<T> need, Function<T, CompletableFuture<R>> send) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        CompletableFuture<R> sent = need.thenCompose(found -> passingEndOn(answer, send.apply(found)));
        CompletableFuture<R> unused = CompletableFutureUtils.forwardResultTo(sent, answer);
        return answer;
    }

    /** Whoever gives up waiting for the answer ends the request. */
    static <R> CompletableFuture<R> passingEndOn(CompletableFuture<R> answer, CompletableFuture<R> sent) {
        CompletableFuture<R> unused = CompletableFutureUtils.forwardExceptionTo(answer, sent);
        return sent;
    }
}
