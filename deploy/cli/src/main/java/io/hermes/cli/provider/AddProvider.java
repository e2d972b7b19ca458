package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A store that was not known before. */
@Command(
        name = "add",
        description = {
            "Registers a store; what it really can do is tried at once.",
            "",
            "  hermes provider add files --type local --set base_path=/srv/documents --read-only",
            "  hermes provider add archive --type s3 --set region=eu-central-1 --set bucket=archive \\",
            "      --secret access_key=env:ARCHIVE_KEY --secret secret_key=@/run/secrets/archive"
        })
final class AddProvider implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Unique: letters, digits, dot, underscore, hyphen.")
    private String name;

    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "Kind of store, such as s3 or local.")
    private String type;

    @Mixin
    private final SettingOptions settings = new SettingOptions();

    @Option(names = "--display-name", paramLabel = "TEXT", description = "For people.")
    private String displayName;

    @Option(names = "--primary", description = "It is the primary store; there is only one.")
    private boolean primary;

    @Option(names = "--read-only", description = "Nothing is ever written there.")
    private boolean readOnly;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            description = "active, readonly, disabled or migrating. Default: active.")
    private String status;

    AddProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("providerName", name);
        body.put("providerType", type);
        body.set("config", settings.json(session, type));
        body.put("isPrimary", primary);
        body.put("isWritable", !readOnly);
        if (displayName != null) {
            body.put("displayName", displayName);
        }
        if (status != null) {
            body.put("status", status);
        }
        JsonNode provider = session.registry().post(ProviderCommands.PATH, body);
        provider.path("warnings").forEach(warning -> session.note("Warning: " + warning.asText()));
        session.show(provider, ProviderText::facts);
        return 0;
    }
}
