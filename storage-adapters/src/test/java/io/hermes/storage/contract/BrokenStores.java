package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.key;

import io.hermes.storage.Capabilities;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores that are sound but for one thing, each of a kind that has cost somebody documents. See {@link Defect}. */
final class BrokenStores {

    static final String SECRET = "canary-of-a-secret";

    private BrokenStores() {}

    /** Hands on another request than it was given. */
    private static DocumentStore writing(DocumentStore sound, UnaryOperator<WriteRequest> change) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return store.write(change.apply(request));
            }
        };
    }

    private static WriteRequest with(WriteRequest request, DocumentContent content, Precondition precondition) {
        return new WriteRequest(
                request.key(), content, request.hash(), request.metadata(), request.marker(), precondition);
    }

    static DocumentStore withoutPreconditions(DocumentStore sound) {
        return writing(sound, request -> with(request, request.content(), Precondition.none()));
    }

    static DocumentStore checkingFirst(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                if (!(request.precondition() instanceof Precondition.IfAbsent)) {
                    return store.write(request);
                }
                Uni<Written> blindly = store.write(with(request, request.content(), Precondition.none()));
                return store.stat(request.key())
                        .onItemOrFailure()
                        .transformToUni((there, absent) -> there == null
                                ? blindly
                                : Uni.createFrom()
                                        .failure(error(ErrorKind.PRECONDITION_FAILED, "write", request.key())));
            }
        };
    }

    private static StorageException error(ErrorKind kind, String operation, DocumentKey key) {
        return new StorageException(kind, operation, key.value(), "broken on purpose");
    }

    static DocumentStore deletingAnything(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Void> delete(DocumentKey key, Precondition precondition) {
                boolean matches = precondition instanceof Precondition.IfMatches;
                return store.delete(key, matches ? Precondition.none() : precondition);
            }
        };
    }

    static DocumentStore deletingOnce(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Void> delete(DocumentKey key, Precondition precondition) {
                return store.stat(key).chain(() -> store.delete(key, precondition));
            }
        };
    }

    /** What a stream delivers, whatever was announced. */
    static DocumentStore takingAnyLength(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return switch (request.content()) {
                    case DocumentContent.Whole whole -> store.write(request);
                    case DocumentContent.Streamed stream ->
                        collected(stream).chain(all -> store.write(with(request, all, request.precondition())));
                };
            }
        };
    }

    private static Uni<DocumentContent> collected(DocumentContent.Streamed stream) {
        return stream.bytes().collect().asList().map(Steps::arrayOf).map(Steps::whole);
    }

    static DocumentStore takingAnyHash(DocumentStore sound) {
        return writing(
                sound,
                request -> new WriteRequest(
                        request.key(),
                        request.content(),
                        Optional.empty(),
                        request.metadata(),
                        request.marker(),
                        request.precondition()));
    }

    static DocumentStore flipping(DocumentStore sound) {
        return writing(sound, request -> switch (request.content()) {
            case DocumentContent.Whole(ByteBuffer bytes)
            when bytes.hasRemaining() -> {
                byte[] flipped = Steps.arrayOf(List.of(bytes));
                flipped[flipped.length / 2] ^= 1;
                yield with(request, Steps.whole(flipped), request.precondition());
            }
            case DocumentContent.Whole empty -> request;
            case DocumentContent.Streamed stream -> request;
        });
    }

    /** Every piece of a stream stands under the final key as soon as it has come. */
    static DocumentStore showingHalves(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return request.content() instanceof DocumentContent.Streamed stream
                        ? store.write(with(request, shown(request, stream), request.precondition()))
                        : store.write(request);
            }

            private DocumentContent shown(WriteRequest request, DocumentContent.Streamed stream) {
                List<ByteBuffer> sofar = new ArrayList<>();
                return new DocumentContent.Streamed(
                        stream.size(), stream.bytes().onItem().call(piece -> {
                            sofar.add(piece.duplicate());
                            DocumentContent half = Steps.whole(Steps.arrayOf(sofar));
                            return store.write(Steps.request(request.key().value(), half, Precondition.none()));
                        }));
            }
        };
    }

    static DocumentStore emptyingFirst(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                boolean replaces = request.precondition() instanceof Precondition.None;
                return replaces
                        ? store.delete(request.key(), Precondition.none()).chain(() -> store.write(request))
                        : store.write(request);
            }
        };
    }

    static DocumentStore readingTwice(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return request.content() instanceof DocumentContent.Streamed stream
                        ? stream.bytes().collect().last().chain(() -> store.write(request))
                        : store.write(request);
            }
        };
    }

    private static <T> Uni<T> now(Uni<T> call) {
        return Uni.createFrom().completionStage(call.subscribeAsCompletionStage());
    }

    static DocumentStore eager(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                return now(store.stat(key));
            }

            @Override
            public Uni<Written> write(WriteRequest request) {
                return now(store.write(request));
            }

            @Override
            public Uni<Void> delete(DocumentKey key, Precondition precondition) {
                return now(store.delete(key, precondition));
            }
        };
    }

    static DocumentStore remembering(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                return store.stat(key).memoize().indefinitely();
            }

            @Override
            public Uni<Written> write(WriteRequest request) {
                return store.write(request).memoize().indefinitely();
            }
        };
    }

    private static DocumentStore listing(DocumentStore sound, UnaryOperator<ListPage> change) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<ListPage> list(ListRequest request) {
                return store.list(request).map(change);
            }
        };
    }

    static DocumentStore listingTwice(DocumentStore sound) {
        return listing(sound, page -> {
            List<ListPage.Entry> entries = new ArrayList<>(page.entries());
            page.entries().stream()
                    .reduce((first, last) -> last)
                    .filter(last -> page.next().isPresent())
                    .ifPresent(entries::add);
            return new ListPage(entries, page.rejected(), page.next());
        });
    }

    static DocumentStore losingTheLastPage(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<ListPage> list(ListRequest request) {
                return store.list(request)
                        .map(page -> request.token().isPresent() && page.next().isEmpty()
                                ? new ListPage(List.of(), page.rejected(), Optional.empty())
                                : page);
            }
        };
    }

    /** By text instead of by folder: {@code production} finds {@code production-old/a}. */
    static DocumentStore listingNeighbours(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<ListPage> list(ListRequest request) {
                return store.list(new ListRequest("", request.token(), request.limit()))
                        .map(page -> new ListPage(
                                page.entries().stream()
                                        .filter(entry -> entry.key().value().startsWith(request.prefix()))
                                        .toList(),
                                page.rejected(),
                                page.next()));
            }
        };
    }

    private static DocumentStore naming(DocumentStore sound, UnaryOperator<String> change) {
        return new DelegatingStore(sound) {
            private DocumentKey changed(DocumentKey key) {
                return key(change.apply(key.value()));
            }

            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                return store.stat(changed(key));
            }

            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(new ReadRequest(changed(request.key()), request.revision(), request.wholeUpTo()));
            }

            @Override
            public Uni<Written> write(WriteRequest request) {
                // As file systems do that take two names for one: the second writer replaces.
                return store.write(new WriteRequest(
                        changed(request.key()),
                        request.content(),
                        request.hash(),
                        request.metadata(),
                        request.marker(),
                        Precondition.none()));
            }
        };
    }

    static DocumentStore trimming(DocumentStore sound) {
        return naming(sound, String::strip);
    }

    static DocumentStore folding(DocumentStore sound) {
        return naming(sound, name -> name.toLowerCase(Locale.ROOT));
    }

    static DocumentStore ignoringDemand(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(request).map(document -> switch (document.content()) {
                    case DocumentContent.Whole whole -> document;
                    case DocumentContent.Streamed(long size, Multi<ByteBuffer> bytes) ->
                        new OpenDocument(
                                document.stat(), new DocumentContent.Streamed(size, pushed(bytes)), document.discard());
                });
            }
        };
    }

    private static Multi<ByteBuffer> pushed(Multi<ByteBuffer> bytes) {
        return Multi.createFrom().publisher(subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long ignored) {}

                @Override
                public void cancel() {}
            });
            bytes.subscribe().with(subscriber::onNext, subscriber::onError, subscriber::onComplete);
        });
    }

    static DocumentStore readingWhatIsThere(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(ReadRequest.latest(request.key(), request.wholeUpTo()));
            }
        };
    }

    static DocumentStore losingMetadata(DocumentStore sound) {
        return writing(
                sound,
                request -> new WriteRequest(
                        request.key(),
                        request.content(),
                        request.hash(),
                        DocumentMetadata.NONE,
                        request.marker(),
                        request.precondition()));
    }

    private static DocumentStore failing(DocumentStore sound, Function<Throwable, Throwable> change) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                return store.stat(key).onFailure().transform(change);
            }

            @Override
            public Uni<Written> write(WriteRequest request) {
                return store.write(request).onFailure().transform(change);
            }
        };
    }

    static DocumentStore showingSecrets(DocumentStore sound) {
        return failing(sound, failure -> {
            StorageException ours = (StorageException) failure;
            return new StorageException(
                    ours.kind(), ours.operation(), ours.key(), "refused", new IllegalStateException("key " + SECRET));
        });
    }

    static DocumentStore throwingOthers(DocumentStore sound) {
        return failing(sound, IllegalStateException::new);
    }

    static DocumentStore unavailable(DocumentStore sound) {
        return failing(sound, failure -> error(ErrorKind.UNAVAILABLE, "write", key("a")));
    }

    /** Declares a precondition, does without it, and would be believed. */
    static DocumentStore boasting(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Capabilities capabilities() {
                return store.capabilities().without(Set.of(Feature.CONDITIONAL_DELETE));
            }
        };
    }

    static DocumentStore neverClosed(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public void close() {}
        };
    }

    static DocumentStore restoringTheNewest(DocumentStore sound) {
        return new DelegatingStore(sound) {
            @Override
            public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
                return store.revisions(new RevisionRequest(key, Optional.empty(), 1))
                        .chain(page -> store.restore(key, page.entries().get(0).revision(), precondition));
            }
        };
    }
}
