package io.hermes.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A role that is assumed before anything else, with the provider's keys or the default chain's (API of the Security Token Service,
 * AssumeRole).
 *
 * @param arn which role
 * @param sessionName what the store's audit log calls whoever does something
 * @param externalId what the owner of the role asks for besides; AWS counts it as no secret
 * @param session how long one set of credentials is to hold
 * @param sts base URL of the service
 */
record Role(String arn, String sessionName, Optional<String> externalId, Duration session, URI sts) {

    private static final String SETTING = "role_arn";
    private static final Pattern ARN = Pattern.compile("arn:[\\w-]+:iam::[\\w-]*:role/[\\x21-\\x7e]{1,1900}");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    /**
     * The role of a provider, if it has one.
     *
     * @param endpoint the provider's own; servers other than Amazon's answer for roles there, too
     */
    static Optional<Role> read(Settings in, Optional<URI> endpoint, String region) {
        Optional<String> arn =
                matching(in, SETTING, ARN, "is the name of a role such as arn:aws:iam::123456789012:role/hermes");
        Optional<URI> otherwise = endpoint.filter(own -> !Endpoints.isAmazons(own));
        Role role = new Role(
                arn.orElse(""),
                matching(in, "role_session_name", SESSION_NAME, "has 2 to 64 letters, digits and any of _+=,.@-")
                        .orElse("hermes"),
                matching(in, "external_id", EXTERNAL_ID, "has 2 to 1224 letters, digits and any of _+=,.@:/-"),
                Duration.ofSeconds(in.number("role_session_seconds", 3600, 900, 43_200)),
                Endpoints.read(in, "sts_endpoint")
                        .or(() -> otherwise)
                        .orElseGet(() -> Endpoints.amazons(StsClient.serviceMetadata(), region)));
        if (arn.isEmpty()) {
            refuseWithoutRole(in);
        }
        return arn.map(named -> role);
    }

    private static Optional<String> matching(Settings in, String key, Pattern form, String rule) {
        Optional<String> value = in.text(key);
        value.filter(text -> !form.matcher(text).matches()).ifPresent(wrong -> in.problem(key, rule));
        return value;
    }

    /** An option without effect misleads. */
    private static void refuseWithoutRole(Settings in) {
        for (String key : new String[] {"role_session_name", "external_id", "role_session_seconds", "sts_endpoint"}) {
            in.text(key).ifPresent(given -> in.problem(key, "has no effect without " + SETTING));
        }
    }
}
