package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.api.CursorCodec.Cursor;
import io.hermes.orchestrator.job.Ids;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.view.ErrorViews;
import io.hermes.orchestrator.view.ItemView;
import io.hermes.orchestrator.view.ItemViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code …/jobs/{id}/items} and {@code …/errors}: the documents of a job, one by one and by what went wrong. */
@Path("/api/v2/migrations/jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Items")
public class ItemResource {

    private final Jobs jobs;
    private final ItemViews items;
    private final ErrorViews errors;
    private final CursorCodec cursors;

    ItemResource(Jobs jobs, ItemViews items, ErrorViews errors, CursorCodec cursors) {
        this.jobs = jobs;
        this.items = items;
        this.errors = errors;
        this.cursors = cursors;
    }

    @GET
    @Path("items")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "List the documents of a job, oldest first",
            description =
                    "As CSV or NDJSON, for who accepts that, it is the ledger: all of them in one file of any size.")
    @APIResponse(
            responseCode = "200",
            description = "A page of documents, or the ledger",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ItemList.class)),
                @Content(mediaType = LedgerResource.CSV, schema = @Schema(implementation = String.class)),
                @Content(mediaType = LedgerResource.NDJSON, schema = @Schema(implementation = String.class))
            })
    public Uni<RestResponse<ItemList>> list(@RestPath String id, @BeanParam ItemQuery query, @Context UriInfo uri) {
        ItemQuery.Wish wish = query.read();
        return jobId(id)
                .chain(job -> page(job, wish))
                .map(page -> Pages.answer(new ItemList(page), page.nextCursor(), uri));
    }

    @GET
    @Path("items/{itemId}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "One document of a job with its failed attempts")
    public Uni<ItemView> find(@RestPath String id, @RestPath String itemId) {
        long item = Ids.number(itemId);
        return jobId(id).chain(job -> items.find(job, item));
    }

    @GET
    @Path("errors")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "jobErrors", summary = "What went wrong, grouped by error code")
    public Uni<ErrorList> errors(@RestPath String id) {
        return jobId(id).chain(errors::ofJob).map(ErrorList::new);
    }

    private Uni<Long> jobId(String id) {
        return jobs.find(JobRef.parse(id)).map(JobDefinition::id);
    }

    private Uni<Pages.Page<ItemView>> page(long job, ItemQuery.Wish wish) {
        String scope = wish.scope(job);
        long after = wish.cursor().map(text -> cursors.read(text, scope).id()).orElse(0L);
        return items.page(job, wish.filter(), after, wish.limit() + 1).map(found -> cut(found, wish.limit(), scope));
    }

    private Pages.Page<ItemView> cut(List<ItemView> found, int limit, String scope) {
        return Pages.Page.cut(found, limit, last -> cursors.write(new Cursor(0, last.id()), scope));
    }
}
