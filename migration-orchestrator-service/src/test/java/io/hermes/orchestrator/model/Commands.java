package io.hermes.orchestrator.model;

import io.hermes.orchestrator.model.Command.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Makes sequences of commands in which something happens: what is common is common, and everything comes up. */
public final class Commands {

    private static final int LONGEST = 45;
    private static final int ALL = 1000;
    private static final List<String> CODES =
            List.of("TIMEOUT", "SOURCE_NOT_FOUND", "WORKER_LOST", "KEY_INVALID", "CONTENT_HASH_MISMATCH", "INTERNAL");
    private static final List<String> LIMITS = List.of("0", "1", "2", "25%", "50%");

    private final Random random;
    private final List<Function<Commands, Command>> wheel = new ArrayList<>();

    private Commands(Random random) {
        this.random = random;
        if (one(4)) {
            talk();
        } else {
            everything();
        }
    }

    /** What workers say and what makes them say it, and little else. */
    private void talk() {
        often(20, Commands::says);
        often(3, commands -> new Command.Arrives(2 + random.nextInt(12), random.nextInt(1000)));
        often(4, commands -> new Command.Dispatch());
        often(2, commands -> new Command.LeaseLapses(commands.document()));
        often(2, commands -> new Command.Sweep(true, false));
        often(4, commands -> new Command.WaitsAreOver());
        often(1, commands -> new Command.HoldsAreDue());
        often(1, commands -> new Command.RetryAll());
    }

    private void everything() {
        often(12, Commands::says);
        often(9, Commands::arrives);
        often(6, commands -> new Command.Dispatch());
        often(5, Commands::publish);
        often(4, Commands::page);
        often(3, Commands::meanwhile);
        often(3, commands -> new Command.LeaseLapses(commands.document()));
        often(3, commands -> new Command.Sweep(random.nextBoolean(), one(8)));
        often(3, commands -> new Command.WaitsAreOver());
        often(2, commands -> new Command.RetryAll());
        often(2, commands -> new Command.Pause());
        often(2, commands -> new Command.Resume());
        often(2, commands -> new Command.HoldsAreDue());
        often(2, commands -> new Command.Claims(commands.replica()));
        often(2, commands -> new Command.ArrivesAgain());
        often(2, commands -> new Command.ArrivesTwice(2 + random.nextInt(8), random.nextInt(1000)));
        often(1, commands -> new Command.Cancel());
        often(1, commands -> new Command.Start());
        often(1, commands -> new Command.RetryCode(CODES.get(random.nextInt(CODES.size()))));
        often(1, commands -> new Command.RetryOne(commands.document()));
        often(1, commands -> new Command.Skip(commands.document()));
        often(1, commands -> new Command.Bears(one(3) ? null : LIMITS.get(random.nextInt(LIMITS.size()))));
        often(1, commands -> new Command.Opens(one(3) ? null : 1 + random.nextInt(3)));
        often(1, commands -> new Command.PlanningLeaseLapses());
        often(1, commands -> new Command.PlanningIsDue());
        often(1, commands -> one(2) ? new Command.ListingFails(replica()) : new Command.ListingWaits(replica()));
    }

    /** A sequence; most begin as jobs begin. */
    public static List<Command> sequence(Random random) {
        return sequence(random, false);
    }

    /** A sequence in which some commands come as a story. */
    public static List<Command> stories(Random random) {
        return sequence(random, true);
    }

    private static List<Command> sequence(Random random, boolean stories) {
        Commands commands = new Commands(random);
        List<Command> sequence = new ArrayList<>();
        if (!commands.one(10)) {
            sequence.add(new Command.Start());
            sequence.add(new Command.Claims(0));
            sequence.add(new Command.Page(0, 1 + random.nextInt(4), 0, false, random.nextBoolean()));
            sequence.add(new Command.Dispatch());
        }
        int length = 5 + random.nextInt(LONGEST - 5);
        while (sequence.size() < length) {
            sequence.addAll(stories && commands.one(5) ? commands.story() : List.of(commands.next()));
        }
        return List.copyOf(sequence);
    }

    /** A few commands that mean something together, and hardly come up in this order where every command is drawn for itself. */
    private List<Command> story() {
        return one(6) ? takeover() : round();
    }

    /** Another replica goes on with the plan, and the one before does not know. */
    private List<Command> takeover() {
        int replica = replica();
        return List.of(
                new Command.PlanningLeaseLapses(),
                new Command.Claims(replica),
                new Command.Page((replica + 1) % Listing.REPLICAS, 1 + random.nextInt(2), 0, false, one(2)));
    }

    /** One document goes once through the loop, undisturbed: what takes several rounds, such as the limit of its attempts, comes up. */
    private List<Command> round() {
        int document = document();
        int worker = random.nextInt(2);
        List<Command> round = new ArrayList<>(List.of(new Command.WaitsAreOver(), new Command.Dispatch()));
        if (one(3)) {
            round.addAll(List.of(
                    new Command.Says(worker, Answer.STARTED, document, 0, 1),
                    new Command.Arrives(ALL, random.nextInt(1000)),
                    new Command.LeaseLapses(document),
                    new Command.Sweep(true, false)));
        } else {
            round.addAll(List.of(
                    new Command.Says(worker, answer(), document, 0, 1),
                    new Command.Arrives(ALL, random.nextInt(1000))));
        }
        return round;
    }

    private void often(int weight, Function<Commands, Command> command) {
        for (int i = 0; i < weight; i++) {
            wheel.add(command);
        }
    }

    private Command next() {
        return wheel.get(random.nextInt(wheel.size())).apply(this);
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private int document() {
        return random.nextInt(8);
    }

    private int replica() {
        return random.nextInt(Listing.REPLICAS);
    }

    /** Mostly about the present dispatch, often about one before, said up to three times. */
    private Command says() {
        int before = one(3) ? 1 + random.nextInt(2) : 0;
        int copies = one(3) ? 2 + random.nextInt(2) : 1;
        Answer answer = answer();
        return new Command.Says(random.nextInt(2), answer, document(), before, copies);
    }

    private Answer answer() {
        Answer[] answers = Answer.values();
        Answer often = one(2) ? Answer.STARTED : Answer.FAILED;
        return one(3) ? often : answers[random.nextInt(answers.length)];
    }

    private Command.Arrives arrives() {
        return new Command.Arrives(one(3) ? 1 : 1 + random.nextInt(12), random.nextInt(1000));
    }

    /** Mostly, the broker takes everything. */
    private Command publish() {
        return new Command.Publish(one(3) ? random.nextInt(16) : 0, one(8) ? 1 << random.nextInt(4) : 0);
    }

    private Command page() {
        return new Command.Page(replica(), random.nextInt(4), one(5) ? 1 : 0, one(3), one(2));
    }

    /** What changes a job in one transaction, beside a chunk of events. */
    private Command meanwhile() {
        Command other = switch (random.nextInt(8)) {
            case 0 -> new Command.Pause();
            case 1 -> new Command.Resume();
            case 2 -> new Command.Cancel();
            case 3 -> new Command.Sweep(true, false);
            case 4 -> new Command.Skip(document());
            case 5 -> page();
            case 6 -> new Command.Bears("1");
            default -> new Command.Dispatch();
        };
        return new Command.Meanwhile(arrives(), other);
    }
}
