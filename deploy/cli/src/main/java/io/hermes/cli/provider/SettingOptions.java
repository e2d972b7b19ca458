package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The settings of a store. What is secret comes from elsewhere: every user of a machine can read the arguments of every process. */
final class SettingOptions {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passwd|token|credential|access_key|private_key|account_key).*");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the type, such as bucket=archive. May be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "KEY=SOURCE",
            description = "A secret setting: KEY=@FILE, KEY=env:NAME, or KEY=- for a line of standard input. May be"
                    + " repeated.")
    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** As the API takes them. */
    ObjectNode json(Surroundings around) throws CommandFailure {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            requireOpen(setting.getKey());
            put(config, setting.getKey(), setting.getValue());
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            config.put(
                    secret.getKey(),
                    SecretSource.of(secret.getKey(), secret.getValue()).read(around));
        }
        return config;
    }

    private static void requireOpen(String key) throws CommandFailure {
        if (SECRET.matcher(key).matches()) {
            throw CommandFailure.usage(
                    "'" + key + "' looks like a secret, which does not belong on a command line: use --secret " + key
                            + "=@FILE, " + key + "=env:NAME or " + key + "=-.");
        }
    }

    private static void put(ObjectNode config, String key, String value) {
        if (value.equals("true") || value.equals("false")) {
            config.put(key, Boolean.parseBoolean(value));
        } else if (NUMBER.matcher(value).matches()) {
            config.put(key, Long.parseLong(value));
        } else {
            config.put(key, value);
        }
    }
}
