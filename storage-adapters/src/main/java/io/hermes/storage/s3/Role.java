package io.hermes.storage.s3;

import io.hermes.storage.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
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

    /**
     * The role of a provider, if it has one.
     *
     * @param endpoint the provider's own; servers other than Amazon's answer for roles there, too
     */
    static Optional<Role> read(Settings in, Optional<URI> endpoint, String region) {
        Optional<String> arn = in.given(SETTING);
        Optional<URI> otherwise = endpoint.filter(own -> !Endpoints.isAmazons(own));
        Role role = new Role(
                arn.orElse(""),
                in.text("role_session_name"),
                in.given("external_id"),
                Duration.ofSeconds(in.number("role_session_seconds")),
                Endpoints.read(in, "sts_endpoint")
                        .or(() -> otherwise)
                        .orElseGet(() -> Endpoints.amazons(StsClient.serviceMetadata(), region)));
        if (arn.isEmpty()) {
            refuseWithoutRole(in);
        }
        return arn.map(named -> role);
    }

    /** An option without effect misleads. */
    private static void refuseWithoutRole(Settings in) {
        for (String key : new String[] {"role_session_name", "external_id", "role_session_seconds", "sts_endpoint"}) {
            in.given(key).ifPresent(value -> in.problem(key, "has no effect without " + SETTING));
        }
    }
}
