package io.hermes.storage.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The HTTP requests that put objects into one bucket, made without evaluating the SDK's rules for each.
 *
 * @param bucket where
 * @param top the URL under which the bucket's objects stand, with a slash at its end
 * @param checksums whether the SDK would add a checksum where the request has none
 */
record PlainPut(String bucket, URI top, ChecksumMode checksums) {

    private static final String DEFAULT_TYPE = "application/octet-stream";

    static PlainPut into(S3Config config, S3Utilities utilities) {
        String url =
                utilities.getUrl(get -> get.bucket(config.bucket()).key("x")).toString();
        return new PlainPut(config.bucket(), URI.create(url.substring(0, url.length() - 1)), config.checksums());
    }

    /** The request without its signature; empty if it is not small or asks for anything but headers, which is then the SDK's to do. */
    Optional<SdkHttpRequest.Builder> of(PutObjectRequest put, HashedBody body) {
        return suits(put) && body.isSmall() ? withHeaders(put, body) : Optional.empty();
    }

    private boolean suits(PutObjectRequest put) {
        return put.overrideConfiguration().isEmpty()
                && bucket.equals(put.bucket())
                && !put.key().startsWith("/")
                && put.checksumAlgorithm() == null
                && (put.checksumSHA256() != null || checksums == ChecksumMode.WHEN_REQUIRED);
    }

    private Optional<SdkHttpRequest.Builder> withHeaders(PutObjectRequest put, HashedBody body) {
        SdkHttpRequest.Builder plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(top)
                .encodedPath(top.getRawPath() + SdkHttpUtils.urlEncodeIgnoreSlashes(put.key()))
                .putHeader("Content-Length", body.contentLength().orElseThrow().toString())
                .putHeader("Content-Type", DEFAULT_TYPE);
        for (SdkField<?> field : put.sdkFields()) {
            Object value = field.getValueOrDefault(put);
            boolean named =
                    field.location() == MarshallLocation.PATH || field.location() == MarshallLocation.GREEDY_PATH;
            if (value == null || named) {
                continue;
            }
            if (field.location() != MarshallLocation.HEADER || !put(plain, field.locationName(), value)) {
                return Optional.empty();
            }
        }
        return Optional.of(plain);
    }

    /** @return whether it is known how such a value is written */
    private static boolean put(SdkHttpRequest.Builder plain, String name, Object value) {
        switch (value) {
            case String text -> plain.putHeader(name, text);
            case Long number -> plain.putHeader(name, number.toString());
            case Map<?, ?> many -> many.forEach((rest, text) -> plain.putHeader(name + rest, String.valueOf(text)));
            default -> {
                return false;
            }
        }
        return true;
    }
}
