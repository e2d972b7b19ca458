package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Secret;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import io.hermes.storage.settings.Settings;
import io.hermes.storage.settings.SettingsSchema;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads a provider's settings (SPEC §1.4) without I/O.
 *
 * @param config what they say; meaningful only without problems
 * @param problems everything that is wrong with them
 */
record S3Settings(S3Config config, List<SettingProblem> problems) {

    static final SettingsSchema SCHEMA = SettingsSchema.beside(S3Settings.class);

    private static final int MIB = 1 << 20;

    static S3Settings read(StoreSettings settings) {
        Settings in = new Settings(SCHEMA, settings);
        String region = in.text("region");
        Optional<URI> endpoint = Endpoints.read(in, "endpoint");
        boolean amazon = endpoint.map(Endpoints::isAmazons).orElse(true);
        S3Config config = new S3Config(
                endpoint.orElseGet(() -> Endpoints.amazons(S3Client.serviceMetadata(), region)),
                region,
                in.text("bucket"),
                prefix(in),
                keys(in),
                Role.read(in, endpoint, region),
                in.flag("path_style", !amazon),
                checksums(in, amazon),
                transport(in),
                in.number("part_size_mb") * MIB,
                in.number("multipart_threshold_mb") * MIB,
                in.number("upload_concurrency"),
                in.number("download_concurrency"),
                Duration.ofHours(in.number("stale_upload_hours")),
                in.number("retry_max_attempts"),
                metadataStore(in),
                in.text("default_mime_type"),
                in.text("listing").equals("folders"),
                in.flag("versioning_enabled"));
        in.given(PathTemplate.SETTING)
                .flatMap(PathTemplate::problemOf)
                .ifPresent(problem -> in.problem(PathTemplate.SETTING, problem));
        return new S3Settings(config, in.problems());
    }

    private static String prefix(Settings in) {
        String prefix = in.text("prefix");
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (trimmed.isEmpty()) {
            return "";
        }
        try {
            if (new DocumentKey(trimmed).isReserved()) {
                in.problem("prefix", "must not begin a folder with " + DocumentKey.RESERVED_PREFIX);
            }
        } catch (StorageException invalid) {
            in.problem("prefix", "is a folder such as a/b: no leading slash, no empty, '.' or '..' segment");
        }
        return trimmed;
    }

    private static Optional<S3Config.Keys> keys(Settings in) {
        Optional<Secret> access = in.secret("access_key");
        Optional<Secret> secret = in.secret("secret_key");
        if (access.isPresent() != secret.isPresent()) {
            in.problem(access.isPresent() ? "secret_key" : "access_key", "is missing: give both keys or neither");
        }
        return access.flatMap(id -> secret.map(value -> new S3Config.Keys(id, value)));
    }

    private static ChecksumMode checksums(Settings in, boolean amazon) {
        Optional<String> given = in.given("checksums");
        if (given.isEmpty() || in.hasProblem("checksums")) {
            return amazon ? ChecksumMode.WHEN_SUPPORTED : ChecksumMode.WHEN_REQUIRED;
        }
        return ChecksumMode.valueOf(given.get().toUpperCase(Locale.ROOT));
    }

    private static Transport transport(Settings in) {
        boolean skipVerify = in.flag("insecure_skip_verify");
        Optional<Path> authorities = Optional.empty();
        try {
            authorities = in.given("ca_cert_path").map(Path::of);
        } catch (InvalidPathException invalid) {
            in.problem("ca_cert_path", "is no path of a file");
        }
        if (skipVerify && authorities.isPresent()) {
            in.problem("ca_cert_path", "has no effect together with insecure_skip_verify");
        }
        Duration idle = Duration.ofSeconds(in.number("request_timeout_seconds"));
        Duration connect = Duration.ofSeconds(in.number("connection_timeout_seconds"));
        return new Transport(skipVerify, authorities, idle, connect);
    }

    private static MetadataStore.Way metadataStore(Settings in) {
        String wanted = in.text("metadata_store");
        return Arrays.stream(MetadataStore.Way.values())
                .filter(way -> way.setting.equals(wanted))
                .findFirst()
                .orElse(MetadataStore.Way.USER_METADATA);
    }
}
