package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.ledger.KeyUpload;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * {@code …/jobs/{id}/documents}: a ledger, as it was exported or as somebody has edited it, as the selection of a job. The body is not
 * collected: it is read as it comes.
 */
@Path("/api/v2/migrations/jobs/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class KeyFileResource {

    private final Jobs jobs;
    private final KeyUpload uploads;

    KeyFileResource(Jobs jobs, KeyUpload uploads) {
        this.jobs = jobs;
        this.uploads = uploads;
    }

    @PUT
    @Consumes(LedgerResource.CSV)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "jobDocuments",
            summary =
                    "Send the documents of a job that was created with documentList: a ledger, or any file with a sourceKey",
            description =
                    "The keys of the file take the place of those of an earlier file. Possible until the job is started.")
    @RequestBody(
            content = {
                @Content(mediaType = LedgerResource.CSV, schema = @Schema(implementation = String.class)),
                @Content(mediaType = LedgerResource.NDJSON, schema = @Schema(implementation = String.class))
            })
    public Uni<DocumentListReceipt> csv(
            @RestPath String id, @Context HttpServerRequest request, @Context SecurityContext user) {
        return take(id, KeyUpload.Format.CSV, request, user);
    }

    @PUT
    @Consumes(LedgerResource.NDJSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(hidden = true)
    public Uni<DocumentListReceipt> ndjson(
            @RestPath String id, @Context HttpServerRequest request, @Context SecurityContext user) {
        return take(id, KeyUpload.Format.NDJSON, request, user);
    }

    private Uni<DocumentListReceipt> take(
            String id, KeyUpload.Format format, HttpServerRequest request, SecurityContext user) {
        String actor = user.getUserPrincipal().getName();
        return jobs.find(JobRef.parse(id))
                .chain(job -> uploads.take(job, actor, format, parts(request))
                        .map(receipt -> new DocumentListReceipt(job, receipt)));
    }

    /** Nothing comes before it is asked for; a client that waits to be asked is asked when somebody wants to read. */
    private static Multi<byte[]> parts(HttpServerRequest request) {
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .onSubscription()
                .invoke(() -> invite(request))
                .map(buffer -> bytes(buffer.getDelegate()));
    }

    private static void invite(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            var unused = request.response().writeContinue();
        }
    }

    private static byte[] bytes(Buffer buffer) {
        return buffer.getBytes();
    }
}
