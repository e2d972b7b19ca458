/**
 * The storage port: everything the suite asks of a document store, and nothing that only one vendor has. Adapters live in the
 * packages beside this one and know neither jobs, nor Kafka, nor SQL.
 *
 * <p>{@link io.hermes.storage.DocumentStore} is the specification. A store is opened by its type and settings:
 *
 * {@snippet :
 * StoreAssembly stores = new StoreAssembly(List.of(new S3StoreFactory(), new LocalStoreFactory()), List.of());
 * DocumentStore archive = stores.open(settings);
 * Uni<Written> written = archive.write(new WriteRequest(
 *         new DocumentKey("2026/report.md"), new DocumentContent.Whole(bytes), Optional.empty(),
 *         DocumentMetadata.NONE, Optional.empty(), Precondition.ifAbsent()));
 * }
 */
package io.hermes.storage;
