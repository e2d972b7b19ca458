package io.hermes.registry.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.audit.Deed;
import io.hermes.registry.secret.SecretPlace;
import io.hermes.registry.secret.Secrets;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Brings every stored secret under the present key, so that an older one can be taken out of the key file. Both keys are live meanwhile,
 * and nothing that a service has opened is disturbed. May be repeated, and done by several replicas at once.
 */
@ApplicationScoped
public class SecretRotation {

    private static final Logger LOG = Logger.getLogger(SecretRotation.class);

    private final ProviderRows rows;
    private final Secrets secrets;
    private final Audit audit;
    private final ObjectMapper json;

    SecretRotation(ProviderRows rows, Secrets secrets, Audit audit, ObjectMapper json) {
        this.rows = rows;
        this.audit = audit;
        this.secrets = secrets;
        this.json = json;
    }

    /** How the stored secrets are kept. */
    public Uni<SecretsView> look() {
        return rows.all().map(all -> SecretsView.of(secrets.liveKeys(), all));
    }

    /**
     * Seals again what is not under the present key, and says how everything is kept then. What cannot be opened stays as it is and
     * shows under a key that is not live. Fails 503 if there is no key.
     */
    public Uni<SecretsView> reseal() {
        secrets.requireKey();
        return audit.begun(new Deed("secret.reseal", null, null, null, null))
                .chain(rows::all)
                .onItem()
                .transformToMulti(all -> Multi.createFrom().iterable(all))
                .onItem()
                .transformToUniAndConcatenate(this::reseal)
                .collect()
                .last()
                .chain(this::look);
    }

    private Uni<Boolean> reseal(Provider row) {
        Map<String, String> resealed = new TreeMap<>(row.secrets);
        row.secrets.forEach((field, stored) -> resealed.put(field, resealed(row, field, stored)));
        return resealed.equals(new TreeMap<>(row.secrets))
                ? Uni.createFrom().item(false)
                : rows.reseal(row, text(resealed));
    }

    private String resealed(Provider row, String field, String stored) {
        try {
            return secrets.reseal(new SecretPlace(row.providerUuid, field), stored)
                    .orElse(stored);
        } catch (ApiProblem unreadable) {
            LOG.warnf("provider %s: %s", row.providerName, unreadable.getDetail());
            return stored;
        }
    }

    private String text(Map<String, String> stored) {
        try {
            return json.writeValueAsString(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can always be written", impossible);
        }
    }
}
