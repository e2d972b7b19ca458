package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hermes provider import-hcl}. */
class ImportHclTest {

    private static final Path SAMPLE = Path.of("src/test/resources/rfc-089/config.hcl");

    /** What the registry's {@code ImportedFileTest} reads as a registry does. */
    private static final Path IMPORTED = Path.of("src/test/resources/rfc-089/providers.yaml");

    @TempDir
    Path home;

    private Shell.Result imported(String hcl) throws IOException {
        Path file = Files.writeString(home.resolve("config.hcl"), hcl);
        return new Shell(home).run("provider", "import-hcl", file.toString());
    }

    private Shell.Result importedProvider(String type, String config) throws IOException {
        return imported("storage_providers {\n provider \"p\" {\n  type = \"" + type + "\"\n  config {\n" + config
                + "\n  }\n }\n}\n");
    }

    @Test
    void makesTheProvidersOfTheSpecificationsSample() throws IOException {
        // When
        Path file = home.resolve("providers.yaml");
        Shell.Result result = new Shell(home).run("provider", "import-hcl", SAMPLE.toString(), "-o", file.toString());

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readString(file)).isEqualTo(Files.readString(IMPORTED));
        assertThat(result.out()).isEmpty();
        try (var left = Files.list(home)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** Every attribute and block of the sample is in the file, or named on standard error with its line. */
    @Test
    void namesEverythingThatIsNotInTheFile() throws IOException {
        // When
        String err =
                new Shell(home).run("provider", "import-hcl", SAMPLE.toString()).err();

        // Then
        assertThat(err.lines())
                .contains(
                        "Warning: line 3, base_url: does not describe stores, and is left out with all that is in it",
                        "Warning: line 5, providers: does not describe stores, and is left out with all that is in it",
                        "Warning: line 96, migration.poll_interval: is not needed: tasks are sent as soon as they are due",
                        "Warning: line 97, migration.max_concurrency: is not imported: HERMES_WORKER_SLOTS of each"
                                + " worker, and --concurrency of a job (it is 5)",
                        "Warning: line 122, migration.auto_migration.archive_old_documents: rules are not imported (scheduled for"
                                + " '0 2 * * *'); the same job by hand, or by a timer: hermes job create --name"
                                + " archive_old_documents --source local-primary --dest s3-archive --strategy copy"
                                + " --batch-size 100 --concurrency 5 --min-age-days 365 --document-status WIP"
                                + " --document-status In-Review --document-status Approved --document-status Obsolete"
                                + " --start",
                        "Warning: line 141, migration.auto_migration.cold_storage: rules are not imported (scheduled for"
                                + " '0 3 * * 0'), and this one is disabled; the same job by hand, or by a timer: hermes"
                                + " job create --name cold_storage --source s3-archive --dest s3-cold-storage --strategy"
                                + " move --batch-size 50 --concurrency 3 --min-age-days 730 --document-status Obsolete"
                                + " --exclude-project 'legal hold' --exclude-project board --start",
                        "Warning: line 157, migration.auto_migration.cold_storage.options.notify: has no equivalent in a"
                                + " job, and is left out",
                        "Warning: line 163, feature_flags: does not describe stores, and is left out with all that is in"
                                + " it",
                        "3 providers, 31 warnings.");
        for (String named : List.of(
                "local-primary.config.folders_path",
                "local-primary.config.users_path",
                "local-primary.config.tokens_path",
                "local-primary.config.domain",
                "local-primary.config.smtp",
                "migration.enabled",
                "migration.write_strategy",
                "migration.read_strategy",
                "migration.defaults.concurrency",
                "migration.defaults.batch_size",
                "migration.defaults.validate_after",
                "migration.defaults.rollback_enabled",
                "migration.defaults.max_retries",
                "migration.defaults.retry_delay_seconds",
                "migration.task_queue.brokers",
                "migration.task_queue.topic",
                "migration.task_queue.consumer_group",
                "migration.task_queue.batch_size",
                "migration.task_queue.poll_interval",
                "migration.auto_migration.enabled",
                "s3-cold-storage.config.metadata_store")) {
            assertThat(err).containsPattern("Warning: line [0-9]+, (storage_providers\\.)?" + named + ": ");
        }
    }

    @Test
    void writesNoSecretButTheVariableThatItBelongsInto() throws IOException {
        // When
        Shell.Result result = new Shell(home).run("provider", "import-hcl", SAMPLE.toString());

        // Then
        assertThat(Files.readString(SAMPLE)).contains("canary-access", "canary-secret", "canary-smtp");
        assertThat(result.out() + result.err()).doesNotContain("canary");
        assertThat(result.err())
                .contains("s3-archive.config.secret_key: holds a secret, which is not written; put it into the"
                        + " registry's environment as PROVIDER_S3_ARCHIVE_SECRET_KEY");
        assertThat(result.out())
                .contains("secret_key: \"${PROVIDER_S3_ARCHIVE_SECRET_KEY}\"", "secret_key: \"${COLD_SECRET_KEY}\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret_key = \"canary-${var.salt}\"",
                "secret_key = \"canary\\\"quoted\"",
                "secret_key = [\"canary\"]",
                "secret_key = canary",
                "secret_key = \"canary\" == null ? 1 : 2",
                "endpoint = \"https://id:canary@minio:9000\"",
                "token = \"canary\"",
                "dynamodb_secret_key = \"canary\"",
                "auth { sts = \"canary\" }",
                "upload_concurrency = \"canary\"",
                "metadata = { key = \"canary\" }"
            })
    void neverRepeatsWhatMayBeASecret(String setting) throws IOException {
        // When
        Shell.Result result = importedProvider("s3", setting);

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("Warning: line 5, storage_providers.p.config.");
        assertThat(result.out() + result.err()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "secret_key = \"canary                | line 5: a text begins here that does not end on its line",
                "secret_key \"canary\"                | line 5: 'secret_key' needs = and a value, or a block",
                "secret_key = \"a\" \"canary\"        | line 5: behind its value a setting ends with its line",
                "secret_key = \"a\" canary = 1        | line 5: behind its value a setting ends with its line",
                "secret_key = 'canary'                | line 5: something stands here that is no HCL",
                "secret_key = \"\\canary\"            | line 5: a backslash in a text stands before",
                "secret_key = <<canary                | line 5: a here document is not read here",
                "secret_key =                         | line 5: a value is missing",
                "secret_key = foo(\"canary\"          | line 5: brackets of the value that begins here do not fit",
                "secret_key = \"a\"; canary           | line 5: something stands here that is no HCL",
                "upload_concurrency = 5s              | line 5: something stands here that is no HCL",
                "bucket = \"canary\"} } }             | line 6: a brace closes what was never opened",
                "bucket = [\"canary\", 1              | line 5: the list that begins here is never closed",
                "a { bucket = \"canary\"              | line 1: the block 'storage_providers' that begins here is never",
                "/* canary                            | line 5: the comment that begins here has no end",
                "\"canary\" = 1                       | line 5: a setting or a block begins with its name"
            })
    void saysOnWhichLineAFileIsNoHclAndRepeatsNothingOfIt(String broken, String said) throws IOException {
        // When
        Shell.Result result = importedProvider("s3", broken);

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("config.hcl, " + said).doesNotContain("canary");
    }

    /** A later one would replace it without a word. */
    @Test
    void refusesASettingThatIsThereTwice() throws IOException {
        assertThat(importedProvider("s3", "bucket = \"a\"\nbucket = \"b\"").err())
                .contains("line 6: 'bucket' is set twice in the same block");
    }

    @Test
    void refusesTwoProvidersOfOneName() throws IOException {
        assertThat(imported(
                                "storage_providers {\nprovider \"p\" { type = \"local\" }\nprovider \"p\" { type = \"s3\" }\n}")
                        .err())
                .contains("line 3: another provider has this name already");
    }

    @Test
    void leavesOutAProviderThatNoAdapterOpensAndWritesNothingIfNoneIsLeft() throws IOException {
        // Given
        Path file = home.resolve("providers.yaml");
        Path hcl = Files.writeString(
                home.resolve("config.hcl"), "storage_providers {\nprovider \"g\" {\ntype = \"google\"\n}\n}");

        // When
        Shell.Result result = new Shell(home).run("provider", "import-hcl", hcl.toString(), "-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("line 3, storage_providers.g.type: is none of the types", "so nothing is written");
        assertThat(file).doesNotExist();
    }

    @Test
    void leavesAFileAloneThatIsThere() throws IOException {
        // Given
        Path file = Files.writeString(home.resolve("providers.yaml"), "mine");

        // When
        Shell.Result result = new Shell(home).run("provider", "import-hcl", SAMPLE.toString(), "-o", file.toString());

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(file).hasContent("mine");
        try (var left = Files.list(home)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void writesDefaultsOfTheOriginalThatAreOthersHere() throws IOException {
        assertThat(importedProvider("s3", "bucket = \"b\"").out()).contains("metadata_store: \"s3-tags\"");
        assertThat(importedProvider("local", "base_path = env(\"BASE\")").out())
                .contains("base_path: \"${BASE}\"", "docs_path: \"${BASE}/docs\"", "drafts_path: \"${BASE}/drafts\"");
        assertThat(importedProvider("local", "base_path = \"/a\"\ndocs_path = \"/a/b\"")
                        .out())
                .doesNotContain("drafts");
    }

    @Test
    void keepsValuesWhatTheyAre() throws IOException {
        assertThat(importedProvider(
                                "s3",
                                "bucket = 2026\nprefix = \"$${a} \\\"ü\\\"\\u00e9: #\"\nupload_concurrency = \"7\"\n"
                                        + "use_ssl = \"true\"\ndownload_concurrency = env(\"N\")\n"
                                        + "versioning_enabled = env(\"V\")\nca_cert_path = \"\"")
                        .out())
                .contains(
                        "bucket: \"2026\"\n",
                        "prefix: \"$${a} \\\"\\u00FC\\\"\\u00E9: #\"\n",
                        "upload_concurrency: 7\n",
                        "use_ssl: true\n",
                        "download_concurrency: !!int \"${N}\"\n",
                        "versioning_enabled: !!bool \"${V}\"\n")
                .doesNotContain("ca_cert_path");
    }

    @Test
    void hasOnePrimaryAndNoStatusThatNobodyKnows() throws IOException {
        // When
        Shell.Result result = imported("storage_providers {\n"
                + "provider \"a-b\" {\ntype = \"local\"\nis_primary = true\n}\n"
                + "provider \"a_b\" {\ntype = \"local\"\nis_primary = true\nstatus = \"retired\"\n}\n}");

        // Then
        assertThat(result.out())
                .containsSubsequence("isPrimary: true", "isPrimary: false", "status: \"disabled\"")
                .doesNotContain("retired");
        assertThat(result.err()).contains("line 6, storage_providers.a_b: is not written as the primary one");
    }

    @Test
    void givesEachSecretAVariableOfItsOwn() throws IOException {
        // When
        String yaml = imported("storage_providers {\n"
                        + "provider \"a-b\" {\ntype = \"s3\"\nconfig { secret_key = \"x\" }\n}\n"
                        + "provider \"a_b\" {\ntype = \"s3\"\nconfig { secret_key = \"y\" }\n}\n}")
                .out();

        // Then
        assertThat(yaml).contains("\"${PROVIDER_A_B_SECRET_KEY}\"", "\"${PROVIDER_A_B_SECRET_KEY_2}\"");
    }

    @Test
    void doesNotEndInABottomlessFile() throws IOException {
        assertThat(imported("a {\n".repeat(10_000)).err()).contains("line 33: blocks are nested deeper");
        assertThat(imported("a = " + "[".repeat(10_000)).err()).contains("line 1: lists are nested deeper");
        assertThat(imported("a = \"" + "${\"".repeat(10_000)).err()).contains("line 1: a text is nested deeper");
        assertThat(imported(" ".repeat(100_000) + "#".repeat(100_000)).err()).contains("No provider of");
    }
}
