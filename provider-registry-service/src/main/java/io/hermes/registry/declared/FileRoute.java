package io.hermes.registry.declared;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.DeclaredFault;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v2/provider-file}: the file that describes providers, and how the registry differs from it. */
@Path("/api/v2/provider-file")
@Tag(name = "Providers")
@RolesAllowed(Roles.ADMIN)
public class FileRoute {

    private final FileSync sync;
    private final FileSettings settings;

    FileRoute(FileSync sync, FileSettings settings) {
        this.sync = sync;
        this.settings = settings;
    }

    /** How the file stands, and what applying it now would do. */
    @GET
    @Operation(
            operationId = "providerFile",
            summary = "How the file of providers stands, and what applying it now would do; changes nothing")
    public Uni<FileView> difference() {
        return settings.file().isEmpty()
                ? Uni.createFrom().item(() -> view(List.of(), List.of()))
                : sync.compare().map(this::view);
    }

    private FileView view(FileSync.Difference found) {
        return view(found.faults(), found.changes());
    }

    private FileView view(List<DeclaredFault> faults, List<DeclaredChange> changes) {
        FileState state = sync.state();
        return new FileView(state.word(), state.since(), settings.prune(), settings.dryRun(), faults, changes);
    }
}
