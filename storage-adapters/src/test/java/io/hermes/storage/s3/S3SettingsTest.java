package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.StoreFactory.SettingProblem;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of a provider's settings, kept and broken. */
class S3SettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint | s3.example.org",
                "endpoint | http://127.0.0.1:9000/",
                "region | eu-central-1",
                "bucket | abc",
                "bucket | a.b-c.9",
                "prefix | production/2026",
                "prefix | production/",
                "versioning_enabled | true",
                "metadata_store | user-metadata",
                "upload_concurrency | 1",
                "upload_concurrency | 32",
                "download_concurrency | 1",
                "download_concurrency | 32",
                "multipart_threshold_mb | 5",
                "multipart_threshold_mb | 1024",
                "part_size_mb | 64",
                "stale_upload_hours | 72",
                "retry_max_attempts | 10",
                "request_timeout_seconds | 3600",
                "connection_timeout_seconds | 300",
                "use_ssl | true",
                "insecure_skip_verify | true",
                "ca_cert_path | /etc/ssl/own.pem",
                "path_template | {uuid}.md",
                "default_mime_type | text/markdown; charset=utf-8",
                "listing | flat",
                "listing | folders",
                "checksums | when_supported",
                "checksums | when_required",
                "path_style | false",
                "role_arn | arn:aws:iam::123456789012:role/hermes",
                "role_arn | arn:aws:iam:::role/archive/hermes",
            })
    void takes(String key, String value) {
        assertThat(problems(valid().with(key, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint | ftp://s3.example.org",
                "endpoint | https://user:word@s3.example.org",
                "endpoint | https://s3.example.org/path",
                "endpoint | https://s3.example.org?query",
                "endpoint | https://s3.example.org#fragment",
                "endpoint | https://s3 example.org",
                "region | eu central",
                "bucket | ab",
                "bucket | Upper",
                "bucket | under_score",
                "bucket | two..dots",
                "bucket | -hyphen",
                "prefix | /leading",
                "prefix | a//b",
                "prefix | a/../b",
                "prefix | .hermes-probe/x",
                "versioning_enabled | yes",
                "metadata_store | dynamodb",
                "metadata_store | tags",
                "dynamodb_table | documents",
                "download_concurrency | 0",
                "download_concurrency | 33",
                "upload_concurrency | 0",
                "upload_concurrency | 33",
                "upload_concurrency | five",
                "multipart_threshold_mb | 4",
                "multipart_threshold_mb | 1025",
                "part_size_mb | 4",
                "part_size_mb | 65",
                "retry_max_attempts | 0",
                "request_timeout_seconds | 0",
                "connection_timeout_seconds | 301",
                "use_ssl | maybe",
                "use_ssl | false",
                "default_mime_type | markdown",
                "path_template | fixed.md",
                "path_template | {uuid}/../{nothing}.md",
                "stale_upload_hours | 0",
                "stale_upload_hours | 8761",
                "listing | deep",
                "checksums | never",
                "role_arn | hermes",
                "role_arn | arn:aws:iam::123456789012:user/hermes",
                "role_session_name | hermes",
                "external_id | agreed",
                "role_session_seconds | 3600",
                "sts_endpoint | https://sts.example.org",
                "bukcet | documents",
                "access_key | openly",
            })
    void refuses(String key, String value) {
        assertThat(problems(valid().with(key, value)))
                .extracting(SettingProblem::key)
                .isNotEmpty()
                .containsOnly(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "bucket"})
    void needs(String key) {
        assertThat(problems(valid().without(key)))
                .extracting(SettingProblem::key)
                .containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_key", "secret_key"})
    void takesBothKeysOrNeither(String key) {
        assertThat(problems(valid().without(key)))
                .extracting(SettingProblem::key)
                .containsExactly(key);
        assertThat(problems(valid().without("access_key").without("secret_key")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role_session_name | a@b | x",
                "external_id | a:b/c | with space",
                "role_session_seconds | 900 | 899",
                "role_session_seconds | 43200 | 43201",
                "sts_endpoint | sts.example.org | https://sts.example.org/path",
            })
    void takesWhatBelongsToARole(String key, String good, String bad) {
        assertThat(problems(assuming().with(key, good))).isEmpty();
        assertThat(problems(assuming().with(key, bad)))
                .extracting(SettingProblem::key)
                .containsExactly(key);
    }

    @Test
    void aRoleIsAskedForWhereTheStoreIs() {
        assertThat(roleOf(assuming()).sts()).isEqualTo(URI.create("https://s3.example.org"));
        assertThat(roleOf(assuming().without("endpoint")).sts())
                .isEqualTo(URI.create("https://sts.eu-central-1.amazonaws.com"));
        assertThat(roleOf(assuming().with("endpoint", "https://s3.eu-central-1.amazonaws.com"))
                        .sts())
                .isEqualTo(URI.create("https://sts.eu-central-1.amazonaws.com"));
        assertThat(roleOf(assuming().with("sts_endpoint", "https://sts.example.org"))
                        .sts())
                .isEqualTo(URI.create("https://sts.example.org"));
    }

    private static Role roleOf(S3StoreSettings settings) {
        return S3Settings.read(settings.build()).config().role().orElseThrow();
    }

    private static S3StoreSettings assuming() {
        return valid().with("role_arn", "arn:aws:iam::123456789012:role/hermes");
    }

    @Test
    void authoritiesAndNoVerificationContradictEachOther() {
        assertThat(problems(valid().with("insecure_skip_verify", "true").with("ca_cert_path", "/own.pem")))
                .extracting(SettingProblem::key)
                .containsExactly("ca_cert_path");
    }

    @Test
    void withoutAnEndpointItIsAmazons() {
        // When
        S3Config config = S3Settings.read(valid().without("endpoint").build()).config();

        // Then
        assertThat(config.endpoint()).isEqualTo(URI.create("https://s3.eu-central-1.amazonaws.com"));
        assertThat(config.pathStyle()).isFalse();
        assertThat(config.checksums()).isEqualTo(ChecksumMode.WHEN_SUPPORTED);
    }

    @Test
    void anotherServerIsAskedWithCaution() {
        // When
        S3Config config = S3Settings.read(valid().build()).config();

        // Then
        assertThat(config.pathStyle()).isTrue();
        assertThat(config.checksums()).isEqualTo(ChecksumMode.WHEN_REQUIRED);
    }

    private static List<SettingProblem> problems(S3StoreSettings settings) {
        return S3Settings.read(settings.build()).problems();
    }

    private static S3StoreSettings valid() {
        return S3StoreSettings.at("https://s3.example.org", "eu-central-1", "documents", "id", "secret");
    }
}
