package io.hermes.storage.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The HTTP requests about the objects of one bucket, made without evaluating the SDK's rules for each. What they cannot say is for the
 * SDK to send.
 *
 * @param bucket where
 * @param top the URL under which the bucket's objects stand, with a slash at its end
 * @param checksums when the SDK would add a checksum, or compare one
 */
record PlainRequests(String bucket, URI top, ChecksumMode checksums) {

    private static final String DEFAULT_TYPE = "application/octet-stream";

    /** For the server's log, and for gateways that refuse whoever does not say what it is. */
    private static final String USER_AGENT = "hermes";

    static PlainRequests to(S3Config config, S3Utilities utilities) {
        String url =
                utilities.getUrl(get -> get.bucket(config.bucket()).key("x")).toString();
        return new PlainRequests(config.bucket(), URI.create(url.substring(0, url.length() - 1)), config.checksums());
    }

    /** The request without its signature, if it is small and nothing but its headers is to be sent with it. */
    Optional<SdkHttpRequest.Builder> put(PutObjectRequest put, HashedBody body) {
        boolean complete = put.checksumAlgorithm() == null && (put.checksumSHA256() != null || noneIsAdded());
        return body.isSmall() && complete && names(put.bucket(), put.key())
                ? withHeaders(
                        put,
                        of(SdkHttpMethod.PUT, put.key())
                                .putHeader(
                                        "Content-Length",
                                        body.contentLength().orElseThrow().toString())
                                .putHeader("Content-Type", DEFAULT_TYPE))
                : Optional.empty();
    }

    /** The request without its signature, unless it is the SDK that knows with what to compare the answer. */
    Optional<SdkHttpRequest.Builder> get(GetObjectRequest get) {
        boolean comparable = get.checksumMode() == null ? noneIsAdded() : get.range() == null;
        return comparable && names(get.bucket(), get.key())
                ? withHeaders(get, of(SdkHttpMethod.GET, get.key()))
                : Optional.empty();
    }

    private boolean noneIsAdded() {
        return checksums == ChecksumMode.WHEN_REQUIRED;
    }

    private boolean names(String bucket, String key) {
        return this.bucket.equals(bucket) && !key.startsWith("/");
    }

    private SdkHttpRequest.Builder of(SdkHttpMethod method, String key) {
        return SdkHttpRequest.builder()
                .method(method)
                .uri(top)
                .encodedPath(top.getRawPath() + SdkHttpUtils.urlEncodeIgnoreSlashes(key))
                .putHeader("User-Agent", USER_AGENT);
    }

    private static Optional<SdkHttpRequest.Builder> withHeaders(S3Request request, SdkHttpRequest.Builder plain) {
        boolean known = request.overrideConfiguration().isEmpty()
                && request.sdkFields().stream().allMatch(field -> add(field, request, plain));
        return known ? Optional.of(plain) : Optional.empty();
    }

    /** @return whether the field says something that headers say, or nothing */
    private static boolean add(SdkField<?> field, S3Request request, SdkHttpRequest.Builder plain) {
        Object value = field.getValueOrDefault(request);
        return value == null
                || switch (field.location()) {
                    case PATH, GREEDY_PATH -> true;
                    case HEADER -> add(field.locationName(), value, plain);
                    default -> false;
                };
    }

    /** @return whether it is known how such a value is written */
    private static boolean add(String name, Object value, SdkHttpRequest.Builder plain) {
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
