package io.hermes.stack.proof;

import io.hermes.stack.StackDescription.S3Node;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4, written from its specification: the check of the result must not share code with what it checks.
 */
public final class SignedRequests {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final S3Node server;

    /** Signs with the keys of this server. */
    public SignedRequests(S3Node server) {
        this.server = server;
    }

    /** @param path unescaped, beginning with a slash */
    public HttpRequest get(String path, Map<String, String> query, Instant now) {
        return request("GET", path, query, new byte[0], now);
    }

    /** @param path unescaped, beginning with a slash */
    public HttpRequest put(String path, byte[] body, Instant now) {
        return request("PUT", path, Map.of(), body, now);
    }

    /** @param path unescaped, beginning with a slash */
    public HttpRequest delete(String path, Instant now) {
        return request("DELETE", path, Map.of(), new byte[0], now);
    }

    private HttpRequest request(String method, String path, Map<String, String> query, byte[] body, Instant now) {
        String payload = hex(sha256(body));
        String escapedPath = escape(path, true);
        String escapedQuery = new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> escape(entry.getKey(), false) + "=" + escape(entry.getValue(), false))
                        .collect(Collectors.joining("&"));
        String time = TIME.format(now);
        String canonical = String.join(
                "\n",
                method,
                escapedPath,
                escapedQuery,
                "host:" + URI.create(server.endpoint()).getRawAuthority(),
                "x-amz-content-sha256:" + payload,
                "x-amz-date:" + time,
                "",
                SIGNED_HEADERS,
                payload);
        String url = server.endpoint() + escapedPath + (escapedQuery.isEmpty() ? "" : "?" + escapedQuery);
        return HttpRequest.newBuilder(URI.create(url))
                .header("x-amz-date", time)
                .header("x-amz-content-sha256", payload)
                .header("Authorization", authorization(canonical, time))
                .timeout(LIMIT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    private String authorization(String canonical, String time) {
        String scope = time.substring(0, 8) + "/" + server.region() + "/s3/aws4_request";
        String toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + server.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(server.accessKey(), scope, SIGNED_HEADERS, hex(hmac(key, toSign)));
    }

    private static String escape(String text, boolean keepSlashes) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (UNRESERVED.indexOf(character) >= 0 || keepSlashes && character == '/') {
                escaped.append(character);
            } else {
                escaped.append("%%%02X".formatted((int) character));
            }
        }
        return escaped.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
