package io.hermes.stack.process;

import java.util.concurrent.CountDownLatch;

/** A child that does nothing, for as long as it may. */
public final class IdleMain {

    private IdleMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
