package io.hermes.systemtests.oracle;

/** One way of looking at the run while it runs. */
interface Look {

    /** Judges this moment. Fails when a server that was asked is away: that is no finding. */
    void judge(Findings findings) throws Exception;
}
