package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.ledger.Ledger;
import io.hermes.orchestrator.ledger.LedgerFormat;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

/**
 * {@code …/jobs/{id}/items} as a file, for who accepts CSV or NDJSON. Whatever keeps it from being read to its end breaks the connection,
 * so that no client takes a part for the whole; the file itself says so too, by the record that ends it.
 */
@Path("/api/v2/migrations/jobs/{id}")
public class LedgerResource {

    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";

    private final Jobs jobs;
    private final Ledger ledger;

    LedgerResource(Jobs jobs, Ledger ledger) {
        this.jobs = jobs;
        this.ledger = ledger;
    }

    @GET
    @Path("items")
    @Produces(CSV + ";charset=UTF-8;qs=0.5")
    @RolesAllowed(Roles.VIEWER)
    @Operation(hidden = true)
    public RestMulti<byte[]> csv(@RestPath String id, @BeanParam LedgerQuery query) {
        return file(id, query.read(), LedgerFormat.csv());
    }

    @GET
    @Path("items")
    @Produces(NDJSON + ";qs=0.5")
    @RolesAllowed(Roles.VIEWER)
    @Operation(hidden = true)
    public RestMulti<byte[]> ndjson(@RestPath String id, @BeanParam LedgerQuery query) {
        return file(id, query.read(), LedgerFormat.ndjson());
    }

    private RestMulti<byte[]> file(String id, LedgerQuery.Wish wish, LedgerFormat format) {
        Uni<Ledger.Extent> extent = jobs.find(JobRef.parse(id))
                .map(JobDefinition::id)
                .chain(job -> ledger.extent(job, wish.filter(), wish.limit()));
        return RestMulti.fromUniResponse(
                extent,
                begun -> ledger.write(begun, format),
                begun -> Map.of("Content-Disposition", List.of(fileName(begun.jobId(), wish, format))));
    }

    private static String fileName(long job, LedgerQuery.Wish wish, LedgerFormat format) {
        return "attachment; filename=\"hermes-job-" + job + "-" + wish.word() + "." + format.extension() + "\"";
    }
}
