package io.hermes.storage.s3;

import io.hermes.storage.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/** The base URLs of a provider: those in its settings, and Amazon's own. */
final class Endpoints {

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private Endpoints() {}

    /** What a setting names; absent if it is not set or no URL. */
    static Optional<URI> read(Settings in, String key) {
        boolean tls = in.flag("use_ssl");
        Optional<String> given = in.given(key).map(String::trim);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String text = given.get().contains("://") ? given.get() : (tls ? "https://" : "http://") + given.get();
        try {
            URI uri = new URI(text);
            check(in, key, uri);
            return Optional.of(uri);
        } catch (URISyntaxException malformed) {
            in.problem(key, "is no URL");
            return Optional.empty();
        }
    }

    private static void check(Settings in, String key, URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            in.problem(key, "begins with http:// or https://");
        } else if (in.given("use_ssl").isPresent() && in.flag("use_ssl") != scheme.equals("https")) {
            in.problem("use_ssl", "contradicts the scheme of the " + key);
        }
        if (uri.getHost() == null) {
            in.problem(key, "names a host");
        }
        if (uri.getRawUserInfo() != null) {
            in.problem(key, "holds no user or password; use access_key and secret_key");
        }
        boolean bare = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            in.problem(key, "is a base URL without path, query or fragment");
        }
    }

    static boolean isAmazons(URI endpoint) {
        String host = endpoint.getHost() == null ? "" : endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn");
    }

    /** Said explicitly, so that no AWS variable of the environment can point the client elsewhere. */
    static URI amazons(ServiceMetadata service, String region) {
        String known = REGION.matcher(region).matches() ? region : "us-east-1";
        return URI.create("https://" + service.endpointFor(Region.of(known)));
    }
}
