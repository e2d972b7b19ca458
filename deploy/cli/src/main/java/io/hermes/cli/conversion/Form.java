package io.hermes.cli.conversion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a setting of the specification is; the registry takes a number for a number only. */
enum Form {
    TEXT,
    NUMBER,
    TRUTH,
    SECRET;

    /** The settings of a type that the registry has as well; empty if it has no such type. */
    static Optional<Map<String, Form>> ofSettings(String type) {
        return switch (type) {
            case "local" -> Optional.of(local());
            case "s3" -> Optional.of(s3());
            default -> Optional.empty();
        };
    }

    private static Map<String, Form> local() {
        Map<String, Form> forms = new LinkedHashMap<>();
        add(forms, TEXT, "base_path", "docs_path", "drafts_path");
        return forms;
    }

    private static Map<String, Form> s3() {
        Map<String, Form> forms = new LinkedHashMap<>();
        add(forms, TEXT, "endpoint", "region", "bucket", "prefix");
        add(forms, SECRET, "access_key", "secret_key");
        add(forms, TEXT, "metadata_store", "path_template", "default_mime_type", "ca_cert_path");
        add(forms, TRUTH, "versioning_enabled", "use_ssl", "insecure_skip_verify");
        add(forms, NUMBER, "upload_concurrency", "download_concurrency", "multipart_threshold_mb");
        add(forms, NUMBER, "retry_max_attempts", "request_timeout_seconds", "connection_timeout_seconds");
        return forms;
    }

    private static void add(Map<String, Form> forms, Form form, String... names) {
        for (String name : names) {
            forms.put(name, form);
        }
    }
}
