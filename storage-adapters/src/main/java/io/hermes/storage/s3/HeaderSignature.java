package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Version 4 of Amazon's signatures in the headers of a request to S3 without a query
 * (<a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">its definition</a>).
 */
final class HeaderSignature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    /** What proxies change, or what is added after the signature. */
    private static final Set<String> UNSIGNED =
            Set.of("connection", "x-amzn-trace-id", "user-agent", "expect", "transfer-encoding");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private volatile Key last;

    /** When and for whom a signature is good. */
    record Scope(Instant time, String region, String service) {}

    /** A key that is good for a day. */
    private record Key(String secret, String scope, byte[] bytes) {}

    /** The same request with the headers that sign it. */
    SdkHttpRequest sign(SdkHttpRequest request, ContentHash body, AwsCredentialsIdentity identity, Scope scope) {
        String time = TIME.format(scope.time());
        SdkHttpRequest.Builder signed = request.toBuilder()
                .putHeader("Host", hostOf(request))
                .putHeader("X-Amz-Date", time)
                .putHeader("x-amz-content-sha256", body.hex());
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            signed.putHeader("X-Amz-Security-Token", session.sessionToken());
        }
        Map<String, String> headers = canonical(signed.headers());
        String names = String.join(";", headers.keySet());
        String where = time.substring(0, DATE_LENGTH) + '/' + scope.region() + '/' + scope.service() + "/aws4_request";
        String toSign =
                ALGORITHM + '\n' + time + '\n' + where + '\n' + sha256(canonical(request, headers, names, body));
        byte[] signature = hmac(keyOf(identity.secretAccessKey().trim(), where), toSign);
        return signed.putHeader(
                        "Authorization",
                        ALGORITHM + " Credential=" + identity.accessKeyId().trim() + '/' + where + ", SignedHeaders="
                                + names + ", Signature=" + HexFormat.of().formatHex(signature))
                .build();
    }

    private static String canonical(
            SdkHttpRequest request, Map<String, String> headers, String names, ContentHash body) {
        StringBuilder text = new StringBuilder(1024)
                .append(request.method())
                .append('\n')
                .append(request.encodedPath().isEmpty() ? "/" : request.encodedPath())
                .append("\n\n");
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n').append(names).append('\n').append(body.hex()).toString();
    }

    private static Map<String, String> canonical(Map<String, List<String>> headers) {
        Map<String, String> canonical = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!UNSIGNED.contains(lower)) {
                canonical.put(
                        lower,
                        values.stream().map(HeaderSignature::withSingleSpaces).collect(Collectors.joining(",")));
            }
        });
        return canonical;
    }

    private static String withSingleSpaces(String value) {
        boolean already = value.indexOf("  ") < 0 && value.indexOf('\t') < 0;
        return already ? value.strip() : SPACES.matcher(value.strip()).replaceAll(" ");
    }

    private static String hostOf(SdkHttpRequest request) {
        boolean usual = request.port() == ("https".equals(request.protocol()) ? 443 : 80);
        return usual ? request.host() : request.host() + ':' + request.port();
    }

    private byte[] keyOf(String secret, String scope) {
        Key known = last;
        if (known == null || !known.secret().equals(secret) || !known.scope().equals(scope)) {
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/")) {
                key = hmac(key, part);
            }
            known = new Key(secret, scope, key);
            last = known;
        }
        return known.bytes();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has HmacSHA256", impossible);
        }
    }

    private static String sha256(String text) {
        MessageDigest digest = ContentHash.newDigest();
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
