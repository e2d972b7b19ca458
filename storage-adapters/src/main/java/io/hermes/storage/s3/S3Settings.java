package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Secret;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.document.PathTemplate;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads a provider's settings (SPEC §1.4) without I/O.
 *
 * @param config what they say; meaningful only without problems
 * @param problems everything that is wrong with them
 */
record S3Settings(S3Config config, List<SettingProblem> problems) {

    static final Set<String> SECRET_KEYS = Set.of("access_key", "secret_key");

    private static final Pattern BUCKET =
            Pattern.compile("(?!.*\\.\\.)(?!\\d+(\\.\\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+(;[\\x20-\\x7e]+)?");
    private static final int MIB = 1 << 20;

    static S3Settings read(StoreSettings settings) {
        Settings in = new Settings(settings);
        String region = in.required("region", REGION, "holds letters, digits and hyphens only");
        Optional<URI> endpoint = Endpoints.read(in, "endpoint");
        boolean amazon = endpoint.map(Endpoints::isAmazons).orElse(true);
        S3Config config = new S3Config(
                endpoint.orElseGet(() -> Endpoints.amazons(S3Client.serviceMetadata(), region)),
                region,
                in.required("bucket", BUCKET, "has 3 to 63 lower-case letters, digits, dots and hyphens"),
                prefix(in),
                keys(in),
                Role.read(in, endpoint, region),
                in.flag("path_style", !amazon),
                checksums(in, amazon),
                transport(in),
                in.number("part_size_mb", 8, 5, 64) * MIB,
                in.number("multipart_threshold_mb", 16, 5, 1024) * MIB,
                in.number("upload_concurrency", 5, 1, 32),
                in.number("download_concurrency", 4, 1, 32),
                Duration.ofHours(in.number("stale_upload_hours", 24, 1, 8760)),
                in.number("retry_max_attempts", 3, 1, 10),
                metadataStore(in),
                contentType(in),
                in.flag("versioning_enabled", false));
        refuseWhatIsMissing(in);
        return new S3Settings(config, in.problems());
    }

    private static String prefix(Settings in) {
        String prefix = in.text("prefix").orElse("");
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
        String otherwise = amazon ? "when_supported" : "when_required";
        String mode = in.text("checksums").orElse(otherwise);
        if (!mode.equals("when_supported") && !mode.equals("when_required")) {
            in.problem("checksums", "is when_supported or when_required");
            return ChecksumMode.WHEN_REQUIRED;
        }
        return ChecksumMode.valueOf(mode.toUpperCase(Locale.ROOT));
    }

    private static Transport transport(Settings in) {
        boolean skipVerify = in.flag("insecure_skip_verify", false);
        Optional<Path> authorities = Optional.empty();
        try {
            authorities = in.text("ca_cert_path").map(Path::of);
        } catch (InvalidPathException invalid) {
            in.problem("ca_cert_path", "is no path of a file");
        }
        if (skipVerify && authorities.isPresent()) {
            in.problem("ca_cert_path", "has no effect together with insecure_skip_verify");
        }
        Duration idle = Duration.ofSeconds(in.number("request_timeout_seconds", 30, 1, 3600));
        Duration connect = Duration.ofSeconds(in.number("connection_timeout_seconds", 10, 1, 300));
        return new Transport(skipVerify, authorities, idle, connect);
    }

    private static MetadataStore.Way metadataStore(Settings in) {
        String wanted = in.text("metadata_store").orElse(MetadataStore.Way.USER_METADATA.setting);
        for (MetadataStore.Way way : MetadataStore.Way.values()) {
            if (way.setting.equals(wanted)) {
                return way;
            }
        }
        in.problem(
                "metadata_store",
                wanted.equals("dynamodb")
                        ? "cannot be dynamodb yet; choose user-metadata, s3-tags or manifest"
                        : "is user-metadata, s3-tags or manifest");
        return MetadataStore.Way.USER_METADATA;
    }

    private static String contentType(Settings in) {
        String type = in.text("default_mime_type").orElse("text/markdown");
        if (!MEDIA_TYPE.matcher(type).matches()) {
            in.problem("default_mime_type", "is a media type such as text/markdown");
        }
        return type;
    }

    private static void refuseWhatIsMissing(Settings in) {
        in.text(PathTemplate.SETTING)
                .flatMap(PathTemplate::problemOf)
                .ifPresent(problem -> in.problem(PathTemplate.SETTING, problem));
        for (String key : List.of("table", "region", "access_key", "secret_key")) {
            in.notYet("dynamodb_" + key, "metadata is kept with the object");
        }
    }
}
