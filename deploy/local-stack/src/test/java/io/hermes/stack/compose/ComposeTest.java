package io.hermes.stack.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** There need not be a container engine where this is built, so the compose file is read and its promises are checked. */
class ComposeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_0-9]+)");

    private static String text;
    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(ROOT.resolve("docker-compose.yml"));
        compose = new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
    }

    private static JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void hasExactlyTheServicesOfTheSpecification() {
        assertThat(names(compose.path("services")))
                .containsExactlyInAnyOrder(
                        "postgres", "redpanda", "minio", "minio-setup", "registry", "orchestrator", "worker");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, postgres:18-alpine",
        "redpanda, redpandadata/redpanda:v24.2.11",
        "minio, minio/minio:RELEASE.2024-11-07T00-52-20Z",
        "minio-setup, minio/mc:RELEASE.2024-11-05T11-29-45Z"
    })
    void pinsImages(String name, String image) {
        assertThat(service(name).path("image").asText()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "redpanda", "minio", "registry", "orchestrator", "worker"})
    void everyServerHasAHealthCheck(String name) {
        assertThat(service(name).path("healthcheck").path("test").size()).isGreaterThan(1);
    }

    @Test
    void makesBothBucketsWithVersions() {
        assertThat(service("minio-setup").path("command").get(0).asText())
                .contains("hermes-documents hermes-archive")
                .contains("mc mb --ignore-existing", "mc version enable");
        assertThat(service("minio-setup").at("/depends_on/minio/condition").asText())
                .isEqualTo("service_healthy");
    }

    @ParameterizedTest
    @CsvSource({
        "registry, provider-registry-service, 8081",
        "orchestrator, migration-orchestrator-service, 8082",
        "worker, migration-worker-service, 8083"
    })
    void buildsOurServicesFromThisRepository(String name, String module, String port) {
        JsonNode service = service(name);
        assertThat(service.at("/build/args/SERVICE").asText()).isEqualTo(module);
        assertThat(ROOT.resolve(module)).isDirectory();
        assertThat(service.at("/build/context").asText()).isEqualTo(".");
        assertThat(service.path("user").asText()).isEqualTo("10001:10001");
        assertThat(service.at("/environment/HERMES_HTTP_PORT").asText()).isEqualTo(port);
        assertThat(names(service.path("environment")))
                .contains(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "HERMES_ADMIN_TOKEN",
                        "HERMES_SERVICE_TOKEN",
                        "HERMES_REGISTRY_URL",
                        "HERMES_ORCHESTRATOR_URL");
    }

    @ParameterizedTest
    @CsvSource({"registry, hermes_registry", "orchestrator, hermes_migration"})
    void givesADatabaseToWhoHasOne(String name, String database) throws IOException {
        assertThat(service(name).at("/environment/HERMES_DATABASE_NAME").asText())
                .isEqualTo(database);
        assertThat(names(service(name).path("environment")))
                .contains("HERMES_DATABASE_HOST", "HERMES_DATABASE_PORT", "HERMES_DATABASE_USERNAME")
                .contains("HERMES_DATABASE_PASSWORD");
        assertThat(Files.readString(ROOT.resolve("deploy/docker/postgres-init.sql")))
                .contains("CREATE DATABASE " + database + ";");
        assertThat(service(name).at("/depends_on/postgres/condition").asText()).isEqualTo("service_healthy");
    }

    @Test
    void theRegistryAloneHasTheKeyOfTheSecrets() {
        assertThat(service("registry").path("secrets"))
                .extracting(JsonNode::asText)
                .containsExactly("hermes-secrets-key");
        assertThat(service("registry")
                        .at("/environment/HERMES_SECRETS_KEY_FILE")
                        .asText())
                .isEqualTo("/run/secrets/hermes-secrets-key");
        assertThat(names(compose.path("secrets"))).containsExactly("hermes-secrets-key");
        assertThat(names(service("orchestrator"))).doesNotContain("secrets");
        assertThat(names(service("worker"))).doesNotContain("secrets");
    }

    @Test
    void theWorkerHasNoDatabase() {
        assertThat(names(service("worker").path("environment"))).noneMatch(name -> name.contains("DATABASE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry", "orchestrator", "worker"})
    void localDocumentsHaveOnePathEverywhere(String name) {
        assertThat(service(name).path("volumes"))
                .extracting(JsonNode::asText)
                .containsExactly("documents:/var/lib/hermes/documents");
    }

    @Test
    void everyVariableIsExplained() throws IOException {
        Set<String> used = VARIABLE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(name -> name.substring(2))
                .collect(Collectors.toCollection(TreeSet::new));
        compose.path("secrets")
                .forEach(secret -> used.add(secret.path("environment").asText()));
        Set<String> explained = Files.readAllLines(ROOT.resolve(".env.example")).stream()
                .filter(line -> line.matches("[A-Z_0-9]+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).isNotEmpty().isEqualTo(explained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void imagesRunAsNobodySpecialWithAUtf8LocaleAndAHealthCheck(String variant) throws IOException {
        String image = Files.readString(ROOT.resolve("deploy/docker/" + variant + ".Dockerfile"));
        String runtime = image.substring(image.lastIndexOf("FROM "));
        assertThat(runtime).contains("USER 10001:10001", "ENV LC_ALL=C.UTF-8", "HEALTHCHECK ", "ENTRYPOINT [");
        assertThat(ROOT.resolve("deploy/docker/is-ready")).isExecutable();
    }
}
