package io.hermes.registry.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import io.hermes.registry.declared.FileState.Word;
import io.hermes.registry.declared.ProvidersFile.Reading;
import io.hermes.registry.provider.Comparison;
import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.DeclaredProviders;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Applies the file of providers at start and when it, or what it refers to, has changed. A file with a fault changes nothing; the
 * registry goes on as it was and says so in its health and in {@code hermes_providers_file_valid}.
 */
@ApplicationScoped
class FileSync {

    private static final Logger LOG = Logger.getLogger(FileSync.class);

    private static final int CHANGED_MEANWHILE = 412;
    private static final int SERVER_ERROR = 500;

    private final FileSettings settings;
    private final DeclaredProviders providers;
    private final ProvidersFile file;
    private final Vertx vertx;
    private volatile FileState state;
    private volatile JsonNode settled;

    @Inject
    FileSync(FileSettings settings, DeclaredProviders providers, ObjectMapper json, Vertx vertx, MeterRegistry meters) {
        this(settings, providers, json, vertx);
        if (settings.file().isPresent()) {
            Gauge.builder(
                            "hermes.providers.file.valid",
                            this,
                            sync -> sync.state().word() == Word.REFUSED ? 0 : 1)
                    .description("0 while the file of providers is refused")
                    .register(meters);
        }
    }

    FileSync(FileSettings settings, DeclaredProviders providers, ObjectMapper json, Vertx vertx) {
        this.settings = settings;
        this.providers = providers;
        this.vertx = vertx;
        this.file = new ProvidersFile(json, new Interpolation(name -> Optional.ofNullable(System.getenv(name))));
        this.state = FileState.of(settings.file().isPresent() ? Word.WAITING : Word.NONE, List.of());
    }

    FileState state() {
        return state;
    }

    /** One look at the file; ends without a failure whatever happens. */
    @Scheduled(
            every = "${hermes.providers.recheck}",
            identity = "providers-file",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return settings.file().isEmpty()
                ? Uni.createFrom().voidItem()
                : read().chain(this::apply)
                        .onFailure()
                        .recoverWithUni(failure -> Uni.createFrom().item(() -> failed(failure)))
                        .replaceWithVoid();
    }

    /** What applying the file now would do; changes nothing. */
    Uni<Difference> compare() {
        return read().chain(reading -> reading.faults().isEmpty()
                ? providers
                        .compare(reading.providers(), settings.prune())
                        .map(found -> new Difference(found.faults(), found.changes()))
                : Uni.createFrom().item(new Difference(reading.faults(), List.of())));
    }

    /** Why a file cannot be applied, or what that would do. */
    record Difference(List<DeclaredFault> faults, List<DeclaredChange> changes) {}

    private Uni<FileState> apply(Reading reading) {
        if (reading.content().equals(settled)) {
            return Uni.createFrom().item(state);
        }
        settled = null;
        if (!reading.faults().isEmpty()) {
            settled = reading.content();
            return Uni.createFrom().item(() -> become(Word.REFUSED, reading.faults()));
        }
        return compared(reading, found -> applyAlone(reading));
    }

    /** @param work what to do about differences */
    private Uni<FileState> compared(Reading reading, Function<Comparison, Uni<FileState>> work) {
        return providers.compare(reading.providers(), settings.prune()).chain(found -> {
            if (!found.faults().isEmpty()) {
                return Uni.createFrom().item(() -> become(Word.REFUSED, found.faults()));
            }
            if (found.changes().isEmpty()) {
                return Uni.createFrom().item(() -> settled(reading));
            }
            return settings.dryRun() ? Uni.createFrom().item(() -> become(Word.WAITING, List.of())) : work.apply(found);
        });
    }

    /** Compares again under the lease: another replica may just have done it all. */
    private Uni<FileState> applyAlone(Reading reading) {
        return providers
                .lease()
                .chain(lease -> lease.isEmpty()
                        ? Uni.createFrom().item(() -> become(Word.WAITING, List.of()))
                        : compared(reading, found -> apply(lease.get(), found, reading))
                                .onTermination()
                                .call(() -> providers.end(lease.get())));
    }

    private Uni<FileState> apply(long lease, Comparison found, Reading reading) {
        return providers.apply(lease, found, settings.prune()).map(all -> {
            if (!all) {
                return become(Word.WAITING, List.of());
            }
            found.changes().forEach(change -> LOG.infof("providers file: %s", change));
            return settled(reading);
        });
    }

    private FileState settled(Reading reading) {
        settled = reading.content();
        return become(Word.APPLIED, List.of());
    }

    private Uni<Reading> read() {
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking((Callable<Reading>) this::readNow, false)
                        .toCompletionStage())
                .emitOn(command -> context.runOnContext(ignored -> command.run()));
    }

    private Reading readNow() {
        Path path = settings.file().orElseThrow();
        try {
            return file.read(Files.readString(path), path.getFileName().toString());
        } catch (IOException unreadable) {
            return file.missing();
        }
    }

    private FileState failed(Throwable failure) {
        if (failure instanceof ApiProblem problem && isOfTheFile(problem.getStatusCode())) {
            return become(Word.REFUSED, faults(problem));
        }
        LOG.warnf("the file of providers could not be applied, it will be tried again: %s", failure.toString());
        return become(Word.WAITING, List.of());
    }

    /** What somebody changed meanwhile is compared again, and what the registry cannot do now it may be able to do soon. */
    private static boolean isOfTheFile(int status) {
        return status < SERVER_ERROR && status != CHANGED_MEANWHILE;
    }

    private static List<DeclaredFault> faults(ApiProblem problem) {
        List<DeclaredFault> violations = problem.getParameters().get("violations") instanceof List<?> all
                ? all.stream()
                        .flatMap(one -> one instanceof Violation violation ? Stream.of(violation) : Stream.empty())
                        .map(violation -> new DeclaredFault("", violation.field() + " " + violation.message()))
                        .toList()
                : List.of();
        return violations.isEmpty() ? List.of(new DeclaredFault("", problem.getDetail())) : violations;
    }

    private FileState become(Word word, List<DeclaredFault> faults) {
        FileState now = FileState.of(word, faults);
        if (!now.says(state)) {
            state = now;
            if (word == Word.REFUSED) {
                LOG.errorf("the file of providers is refused and changes nothing: %s", faults);
            }
        }
        return state;
    }
}
