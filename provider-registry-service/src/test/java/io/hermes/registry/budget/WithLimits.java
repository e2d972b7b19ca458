package io.hermes.registry.budget;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.registry.OnBucket;
import io.hermes.registry.RegistryDatabase;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** A provider, its limits, and processes that want shares of them. A share is good for an hour here, so that only a test ends it. */
abstract class WithLimits extends OnBucket {

    static final BudgetRequest MUCH = new BudgetRequest(1e6, 1e12);
    static final BudgetRequest NOTHING = new BudgetRequest(0, 0);

    final String name = "limited-" + UUID.randomUUID();

    @AfterEach
    void nothingLeft() {
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name = '" + name + "'");
    }

    Response create(String limits) {
        return admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\",\"limits\":" + limits + "}")
                .post(PROVIDERS);
    }

    UUID created(String limits) {
        return UUID.fromString(create(limits).then().statusCode(201).extract().path("providerUuid"));
    }

    Response patch(String limits) {
        return admin().contentType("application/merge-patch+json")
                .body("{\"limits\":" + limits + "}")
                .patch(PROVIDERS + "/" + name);
    }

    static Response ask(UUID provider, UUID holder, String need) {
        return service().contentType(ContentType.JSON).body(need).put(shareOf(provider, holder));
    }

    static BudgetLease lease(UUID provider, UUID holder, BudgetRequest need) {
        return ask(
                        provider,
                        holder,
                        "{\"requestsPerSecond\":" + need.requestsPerSecond() + ",\"bytesPerSecond\":"
                                + need.bytesPerSecond() + "}")
                .then()
                .statusCode(200)
                .extract()
                .as(BudgetLease.class);
    }

    static void giveBack(UUID provider, UUID holder) {
        service().delete(shareOf(provider, holder)).then().statusCode(204);
    }

    private static String shareOf(UUID provider, UUID holder) {
        return "/internal/providers/" + provider + "/budgets/" + holder;
    }

    /** Shares of the provider that are stored, ended ones too. */
    static long shares(UUID provider) {
        return RegistryDatabase.number("SELECT count(*) " + sharesOf(provider));
    }

    /** Requests a second that are granted at this moment, in thousandths, rounded up. */
    static long thousandthsGranted(UUID provider) {
        return RegistryDatabase.number("SELECT coalesce(ceil(sum(b.requests) * 1000 - 0.001), 0) " + sharesOf(provider)
                + " AND b.lease_until > clock_timestamp()");
    }

    private static String sharesOf(UUID provider) {
        return "FROM provider_budgets b JOIN provider_storage p ON p.id = b.provider_id WHERE p.provider_uuid = '"
                + provider + "'";
    }

    /** As if the time of the holder's lease were over, and it about to ask again. */
    static void ended(UUID holder) {
        RegistryDatabase.run("UPDATE provider_budgets SET lease_until = now() - interval '1 second' WHERE holder = '"
                + holder + "'");
    }

    /** As if the holder had not asked for so long that it is forgotten. */
    static void lapsed(UUID holder) {
        RegistryDatabase.run("UPDATE provider_budgets SET lease_until = now() - interval '1 second',"
                + " wanted_until = now() - interval '1 second' WHERE holder = '" + holder + "'");
    }
}
