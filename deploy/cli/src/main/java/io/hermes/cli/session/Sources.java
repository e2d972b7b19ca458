package io.hermes.cli.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that may know where the services are, the first to speak is believed: options, a stack that is named as an option, the
 * environment, the profile, a stack that is named in either of these.
 */
record Sources(List<Source> sources) implements Source {

    static Sources of(GlobalOptions options, Surroundings around) throws CommandFailure {
        Profile profile = Profile.of(options, around);
        List<Source> sources = new ArrayList<>();
        sources.add(new Given(
                Optional.ofNullable(options.registryUrl),
                Optional.ofNullable(options.orchestratorUrl),
                new Token.InFile(Optional.ofNullable(options.tokenFile))));
        Optional.ofNullable(options.stack).map(StackFile::new).ifPresent(sources::add);
        sources.add(new Given(
                around.variable("HERMES_REGISTRY_URL"),
                around.variable("HERMES_ORCHESTRATOR_URL"),
                new Token.Itself(around.variable("HERMES_TOKEN"))));
        sources.add(new Given(
                profile.value("registry-url"),
                profile.value("orchestrator-url"),
                new Token.InFile(profile.path("token-file"))));
        around.variable("HERMES_STACK")
                .map(Path::of)
                .or(() -> profile.path("stack"))
                .map(StackFile::new)
                .ifPresent(sources::add);
        return new Sources(sources);
    }

    /** What was said openly. */
    private record Given(Optional<String> registryUrl, Optional<String> orchestratorUrl, Token from) implements Source {
        @Override
        public Optional<String> token() throws CommandFailure {
            return from.read();
        }
    }

    @Override
    public Optional<String> registryUrl() throws CommandFailure {
        return first(Source::registryUrl);
    }

    @Override
    public Optional<String> orchestratorUrl() throws CommandFailure {
        return first(Source::orchestratorUrl);
    }

    @Override
    public Optional<String> token() throws CommandFailure {
        return first(Source::token);
    }

    private interface Question {
        Optional<String> ask(Source source) throws CommandFailure;
    }

    private Optional<String> first(Question question) throws CommandFailure {
        for (Source source : sources) {
            Optional<String> answer = question.ask(source);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }
}
