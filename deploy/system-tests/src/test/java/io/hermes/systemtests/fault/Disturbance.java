package io.hermes.systemtests.fault;

import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.FaultRule;
import io.hermes.storage.testing.Requests;
import java.util.Optional;

/** Requests to a store that go wrong on their way through the proxy. */
public final class Disturbance implements Fault {

    private final String name;
    private final int wanted;
    private final FaultProxy proxy;
    private final Requests requests;
    private final io.hermes.storage.testing.Fault fault;
    private Optional<FaultRule> rule = Optional.empty();

    /** Says which requests shall suffer what. */
    public Disturbance(
            String name, int wanted, FaultProxy proxy, Requests requests, io.hermes.storage.testing.Fault fault) {
        this.name = name;
        this.wanted = wanted;
        this.proxy = proxy;
        this.requests = requests;
        this.fault = fault;
    }

    @Override
    public synchronized void begin() {
        rule = Optional.of(proxy.on(requests, fault).orNever());
    }

    @Override
    public synchronized void end() {
        rule.ifPresent(FaultRule::stop);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized int struck() {
        return rule.map(FaultRule::fired).orElse(0);
    }

    @Override
    public int wanted() {
        return wanted;
    }
}
