package io.hermes.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * F4: whichever process comes to this line for the drawn time dies there, without a last word. All processes of the kind have the
 * rule, and so have their next lives if something else kills them, until it has struck: one ended with the rule's own exit code.
 */
public final class Crash implements Fault {

    private static final Duration DEATH_LIMIT = Duration.ofMinutes(1);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

    private final CrashPoint point;
    private final String job;
    private final int hit;
    private final Agents agents;
    private final Deaths deaths;
    private final List<String> witnesses = new ArrayList<>();
    private final ScheduledExecutorService reminder = Executors.newSingleThreadScheduledExecutor();
    private long before;

    /**
     * Says where.
     *
     * @param job the name of the job that suffers
     * @param chance draws for which time the line is reached
     */
    public Crash(CrashPoint point, String job, RandomGenerator chance, Agents agents, Deaths deaths) {
        this.point = point;
        this.job = job;
        this.hit = chance.nextInt(1, point.latestHit() + 1);
        this.agents = agents;
        this.deaths = deaths;
    }

    /** Waits for the agents of processes that are still starting. */
    @Override
    public void begin() {
        before = count();
        agents.add(point.kind(), List.of(script()));
        var unused = reminder.scheduleWithFixedDelay(
                this::remind, LOOK_INTERVAL.toMillis(), LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A new life is seen only after the death before it, so whoever has the rule to thank for it is not given it again. */
    private void remind() {
        if (struck() == 0) {
            agents.of(point.kind()).forEach(this::remind);
        }
    }

    private void remind(Submit agent) {
        try {
            if (!agent.listAllRules().contains(point.rule(job)) && struck() == 0) {
                String unused = agent.addScripts(List.of(script()));
            }
        } catch (Exception dead) {
            // Its next life is met at a later look.
        }
    }

    private ScriptText script() {
        return new ScriptText(point.label(), point.killing(job, hit));
    }

    /** A line beyond the job's end is reached a little later. What was not reached is forgotten. */
    @Override
    public void end() {
        try {
            await().atMost(DEATH_LIMIT).until(() -> struck() > 0);
        } catch (ConditionTimeoutException survived) {
            System.out.println("  nobody died: " + name());
        }
        reminder.close();
        agents.of(point.kind()).forEach(this::forget);
        assertThat(struck())
                .as("%s killed nobody; what the agents know of the rule: %s", name(), witnesses)
                .isPositive();
    }

    private void forget(Submit agent) {
        try {
            witnesses.add(agent.listAllRules());
            String unused = agent.deleteScripts(List.of(script()));
        } catch (Exception died) {
            witnesses.add("a process that has just died");
        }
    }

    private long count() {
        return deaths.all().stream()
                .filter(death -> death.code() == CrashPoint.EXIT_CODE)
                .filter(death -> death.name().startsWith(point.kind().name().toLowerCase(Locale.ROOT)))
                .count();
    }

    @Override
    public String name() {
        return "F4 " + point.label() + ", time " + hit;
    }

    @Override
    public int struck() {
        return (int) (count() - before);
    }

    @Override
    public int wanted() {
        return 1;
    }
}
