package io.hermes.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(EdgeProfile.class)
class EdgeTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + EdgeProfile.ADMIN_TOKEN);
    }

    @Test
    void aTokenOpensItsRoutesOnly() {
        admin().get("/api/v2/echo?limit=5")
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store");
        admin().get("/api/v2/echo/internal-view").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
        given().header("authorization", "bearer " + EdgeProfile.SERVICE_TOKEN)
                .get("/api/v2/echo/internal-view")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer",
                "Basic YWRtaW46YWRtaW4=",
                "Bearer " + EdgeProfile.ADMIN_TOKEN + "x",
                "x"
            })
    void aWrongTokenIsRefused(String authorization) {
        given().header("Authorization", authorization)
                .get("/api/v2/echo")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void noTokenAndTwoTokensAreRefused() {
        given().get("/api/v2/echo").then().statusCode(401).contentType("application/problem+json");
        given().header("Authorization", "Bearer " + EdgeProfile.ADMIN_TOKEN, "Bearer " + EdgeProfile.ADMIN_TOKEN)
                .get("/api/v2/echo")
                .then()
                .statusCode(401);
    }

    @Test
    void aRouteWithoutARoleIsDeniedToEverybody() {
        given().get("/api/v2/echo/unannotated").then().statusCode(401);
        admin().get("/api/v2/echo/unannotated").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/echo;x",
                "/api/v2/echo%3Bx",
                "//api/v2/echo",
                "/api//v2/echo",
                "/api/%2e%2e/api/v2/echo",
                "/api/%2e%2e/q/",
                "/api/v2/echo%2F",
                "/api/v2%5Cecho",
                "/api/v2/echo.",
                "/api/v2/echo%20",
                "/api/v2/echo/",
                "/api/v2/./echo",
                "/API/v2/echo",
                "/api/v2/echo%00"
            })
    void anOddSpellingOpensNothing(String path) throws IOException {
        assertThat(statusOf(path)).isIn(400, 401, 403, 404);
    }

    /** Written by hand, because every client normalises the path. */
    private int statusOf(String path) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            String head = new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(head.substring(9));
        }
    }

    @Test
    void anUndeclaredQueryParameterIsRefused() {
        admin().get("/api/v2/echo?limit=5&limt=6")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_QUERY_PARAMETER"))
                .body("detail", containsString("limit"));
    }

    @Test
    void aBrokenConstraintNamesItsField() {
        admin().get("/api/v2/echo?limit=101")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_FAILED"))
                .body("violations.field", hasItem("limit"));
        admin().contentType(ContentType.JSON)
                .body("{\"count\":0}")
                .post("/api/v2/echo")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("count"))
                .body("violations.in", hasItem("body"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"marks\": [\"fine\", \"too long\"]', marks[1]",
        "'\"share\": \"many\"', share",
        "'\"labels\": {\"team\": \"too long\"}', labels[team]"
    })
    void aBrokenConstraintIsNamedAsItWasWritten(String field, String name) {
        admin().contentType(ContentType.JSON)
                .body("{\"count\": 1, " + field + "}")
                .post("/api/v2/echo")
                .then()
                .statusCode(400)
                .body("violations", hasSize(1))
                .body("violations[0].field", equalTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?state=08006", "?state=57P01", "?state=53300"})
    void aDatabaseThatIsAwayIs503(String query) {
        String body = admin().get("/api/v2/echo/database-away" + query)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("code", equalTo("DATABASE_UNAVAILABLE"))
                .body("instance", equalTo("/api/v2/echo/database-away"))
                .body("timestamp", notNullValue())
                .extract()
                .asString();
        assertThat(body).doesNotContain("canary");
    }

    @Test
    void aStatementThatTheDatabaseRefusesIsAnErrorOfOurs() {
        admin().get("/api/v2/echo/database-away?state=23505")
                .then()
                .statusCode(500)
                .body("code", equalTo("INTERNAL"));
    }

    /** Announced only, so that nothing is in the way of the answer. */
    @Test
    void aBodyThatIsTooLargeIsAProblem() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("POST /api/v2/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 900000000\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsIgnoringCase("connection: close")
                    .containsIgnoringCase("x-content-type-options: nosniff");
            JsonPath problem = JsonPath.from(answer.substring(answer.indexOf("\r\n\r\n")));
            assertThat(problem.getString("code")).isEqualTo("BODY_TOO_LARGE");
            assertThat(problem.getInt("status")).isEqualTo(413);
            assertThat(problem.getString("type")).isEqualTo("/problems/body-too-large");
            assertThat(problem.getString("instance")).isEqualTo("/api/v2/echo");
            assertThat(problem.getString("detail")).contains("bytes");
        }
    }

    /** A client that sends all of its body before it reads gets the answer, not a reset, and may go on with the connection. */
    @Test
    void aBodyALittleTooLargeIsReadBeforeItIsRefused() throws IOException {
        int length = 12_000_000;
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/v2/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                    + length + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.write(new byte[length]);
            out.write("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("BODY_TOO_LARGE")
                    .contains("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"x\"",
                "null",
                "{\"count\":1}{}",
                "{\"count\":1,\"count\":2}",
                "{\"count\":\"1\"}",
                "{\"count\":1.5}",
                "{\"count\":1.0}",
                "{\"count\":1e400}",
                "{\"count\":NaN}",
                "{\"count\":true}",
                "{\"count\":2147483648}",
                "{\"count\":1,\"role\":\"admin\"}",
                "{\"count\":1,\"name\":5}",
                "{\"count\":1,\"name\":true}",
                "{\"count\":1,\"flag\":1}",
                "{\"count\":1,\"flag\":\"true\"}",
                "{\"count\":1,\"words\":\"a\"}",
                "{\"count\":1,\"words\":\"\"}",
                "{\"count\":1,\"id\":\"\"}",
                "{\"count\":1,\"id\":\"1\"}",
                "{\"count\":1,\"kind\":1}",
                "{\"count\":1,\"kind\":\"THREE\"}",
                "{\"count\":1,\"kind\":\"\"}"
            })
    void jsonThatIsNotExactlyWhatTheRouteTakesIs400(String body) {
        admin().contentType(ContentType.JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v2/echo")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", notNullValue())
                .body("detail", not(containsString("io.hermes")))
                .body("instance", equalTo("/api/v2/echo"))
                .body("timestamp", notNullValue());
    }

    @Test
    void jsonNestedDeeplyIs400() {
        admin().contentType(ContentType.JSON)
                .body(("{\"words\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(StandardCharsets.UTF_8))
                .post("/api/v2/echo")
                .then()
                .statusCode(400);
    }

    @Test
    void goodJsonIsTaken() {
        admin().contentType(ContentType.JSON)
                .body(
                        "{\"count\":3,\"name\":\"n\",\"kind\":\"ONE\",\"flag\":true,\"words\":[\"a\"],\"id\":\"6F9619FF-8B86-D011-B42D-00CF4FC964FF\"}")
                .post("/api/v2/echo")
                .then()
                .statusCode(200)
                .body("count", equalTo(3));
    }

    @Test
    void aCrashHidesItsMessage() {
        String body = admin().get("/api/v2/echo/crash")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .extract()
                .asString();
        assertThat(body).contains("INTERNAL").doesNotContain("canary").doesNotContain("Exception");
    }

    @Test
    void aProblemHasAllItsMembers() {
        admin().get("/api/v2/echo/conflict")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/echo-conflict"))
                .body("title", equalTo("Conflict"))
                .body("status", equalTo(409))
                .body("detail", equalTo("There is one."))
                .body("instance", equalTo("/api/v2/echo/conflict"))
                .body("code", equalTo("ECHO_CONFLICT"))
                .body("allowedActions", hasItem("go"))
                .body("timestamp", notNullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v2/nothing,404,NOT_FOUND",
        "DELETE,/api/v2/echo,405,METHOD_NOT_ALLOWED",
        "TRACE,/api/v2/echo,405,METHOD_NOT_ALLOWED"
    })
    void theFrameworksOwnRefusalsAreProblemsToo(String method, String path, int status, String code) {
        admin().request(method, path).then().statusCode(status).body("code", equalTo(code));
    }

    @Test
    void anotherMediaTypeIs415() {
        admin().contentType(ContentType.XML)
                .body("<a/>")
                .post("/api/v2/echo")
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }
}
