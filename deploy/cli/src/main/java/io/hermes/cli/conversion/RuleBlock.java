package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Body.Block;
import io.hermes.cli.hcl.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A {@code rule} of {@code auto_migration}, as the command that makes the same job once. */
final class RuleBlock {

    private static final String NO_EQUIVALENT = "has no equivalent in a job, and is left out";

    private final Part part;
    private final List<String> words = new ArrayList<>(List.of("hermes", "job", "create"));

    private RuleBlock(Part part) {
        this.part = part;
    }

    /** Names the rule, and what does the same. */
    static void convert(Block block, Part around) {
        RuleBlock rule = new RuleBlock(around.within(block));
        String command = rule.command(String.join(".", block.labels()));
        around.remark(
                block,
                "rules are not imported" + rule.when() + "; the same job by hand, or by a timer: " + command
                        + " --start");
        rule.part.remarkRest(NO_EQUIVALENT);
    }

    private String command(String name) {
        option("--name", name);
        take(part, "source", "--source");
        take(part, "destination", "--dest");
        for (Block options : part.takeBlocks("options")) {
            options(part.within(options));
        }
        for (Block filter : part.takeBlocks("filter")) {
            filter(part.within(filter));
        }
        return String.join(" ", words);
    }

    private String when() {
        boolean disabled = part.take("enabled")
                .flatMap(enabled -> Literals.truth(enabled.value()))
                .equals(Optional.of(false));
        String schedule = part.take("schedule")
                .flatMap(given -> Literals.text(given.value()))
                .map(cron -> " (scheduled for '" + cron + "')")
                .orElse("");
        return schedule + (disabled ? ", and this one is disabled" : "");
    }

    private void options(Part options) {
        take(options, "strategy", "--strategy");
        take(options, "batch_size", "--batch-size");
        take(options, "concurrency", "--concurrency");
        flag(options, "validate", false, "--no-validate");
        flag(options, "dry_run", true, "--dry-run");
        options.remarkRest(NO_EQUIVALENT);
    }

    private void filter(Part filter) {
        take(filter, "min_age_days", "--min-age-days");
        each(filter, "status", "--document-status");
        each(filter, "exclude_projects", "--exclude-project");
        filter.remarkRest(NO_EQUIVALENT);
    }

    private void take(Part from, String name, String option) {
        from.take(name)
                .ifPresent(given -> Literals.text(given.value())
                        .ifPresentOrElse(text -> option(option, text), () -> remarkEvaluation(from, given, option)));
    }

    /** One option for each of several, which may be a list, or a text with commas. */
    private void each(Part from, String name, String option) {
        from.take(name).ifPresent(given -> {
            List<Value> values =
                    given.value() instanceof Value.Several(List<Value> several) ? several : List.of(given.value());
            List<Optional<String>> texts = values.stream().map(Literals::text).toList();
            texts.stream()
                    .flatMap(Optional::stream)
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .forEach(text -> option(option, text));
            if (texts.contains(Optional.<String>empty())) {
                remarkEvaluation(from, given, option);
            }
        });
    }

    private void flag(Part from, String name, boolean said, String option) {
        from.take(name).ifPresent(given -> {
            Optional<Boolean> truth = Literals.truth(given.value());
            if (truth.equals(Optional.of(said))) {
                words.add(option);
            } else if (truth.isEmpty()) {
                remarkEvaluation(from, given, option);
            }
        });
    }

    private static void remarkEvaluation(Part from, Attribute given, String option) {
        from.remark(given, "must be evaluated, which is not done here; say it with " + option);
    }

    private void option(String option, String value) {
        words.add(option);
        words.add(value.matches("[A-Za-z0-9_./:%+=,@-]+") ? value : "'" + value.replace("'", "'\\''") + "'");
    }
}
