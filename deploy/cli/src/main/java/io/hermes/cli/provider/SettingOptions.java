package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The settings of a store. What is secret comes from elsewhere: every user of a machine can read the arguments of every process. */
final class SettingOptions {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passwd|token|credential|access_key|private_key|account_key).*");

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

    /** As the API takes them. The registry is asked how they are written only if there are open ones. */
    ObjectNode json(Session session, String type) throws CommandFailure, ApiFailure, InterruptedException {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        for (String key : settings.keySet()) {
            requireOpen(key);
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            config.put(
                    secret.getKey(),
                    SecretSource.of(secret.getKey(), secret.getValue()).read(session.around()));
        }
        if (!settings.isEmpty()) {
            SettingForms forms = SettingForms.of(session.registry(), type);
            settings.forEach((key, text) -> config.set(key, forms.value(key, text)));
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
}
