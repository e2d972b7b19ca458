package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/**
 * Names what the operating system says. Java keeps the error number to itself, so that some errors can only be told by its English
 * sentence; the services run with {@code LC_ALL=C.UTF-8}.
 */
final class LocalErrors {

    private record Sentence(String part, ErrorKind kind, String detail) {}

    private static final List<Sentence> SENTENCES = List.of(
            new Sentence("No space left", ErrorKind.QUOTA_EXCEEDED, "the disk is full; free space, then retry"),
            new Sentence("quota exceeded", ErrorKind.QUOTA_EXCEEDED, "the disk quota is used up; raise it, then retry"),
            new Sentence("File too large", ErrorKind.CONTENT_TOO_LARGE, "the file system takes no file of this size"),
            new Sentence("Read-only file system", ErrorKind.PERMISSION_DENIED, "the file system is mounted read-only"),
            new Sentence("Permission denied", ErrorKind.PERMISSION_DENIED, "this process has no permission"),
            new Sentence(
                    "Operation not permitted", ErrorKind.PERMISSION_DENIED, "the operating system does not allow it"),
            new Sentence("File name too long", ErrorKind.KEY_INVALID, "a segment is longer than the file system takes"),
            new Sentence(
                    "Invalid or incomplete multibyte", ErrorKind.KEY_INVALID, "the file system takes no such name"),
            new Sentence("Too many levels of symbolic links", ErrorKind.KEY_INVALID, "links are not followed"),
            new Sentence(
                    "Not a directory", ErrorKind.PRECONDITION_FAILED, "a part of the key is a document, not a folder"),
            new Sentence("Is a directory", ErrorKind.PRECONDITION_FAILED, "a folder has this key"),
            new Sentence(
                    "cross-device",
                    ErrorKind.UNSUPPORTED,
                    "a folder below the root is a file system of its own; register it as a root of its own"),
            new Sentence("Stale file handle", ErrorKind.UNAVAILABLE, "the network file system lost it"),
            new Sentence("Transport endpoint", ErrorKind.UNAVAILABLE, "the mounted file system does not answer"),
            new Sentence("Host is down", ErrorKind.UNAVAILABLE, "the network file system does not answer"),
            new Sentence("Too many open files", ErrorKind.UNAVAILABLE, "too many open files; raise the limit"));

    private LocalErrors() {}

    static StorageException of(String operation, String key, Throwable failure) {
        return switch (failure) {
            case StorageException known -> known;
            case DirectoryIteratorException wrapped -> of(operation, key, wrapped.getCause());
            case UncheckedIOException wrapped -> of(operation, key, wrapped.getCause());
            case AccessDeniedException denied ->
                error(ErrorKind.PERMISSION_DENIED, operation, key, "this process has no permission", denied);
            case NoSuchFileException missing ->
                error(ErrorKind.NOT_FOUND, operation, key, "there is no such document", missing);
            case FileAlreadyExistsException taken ->
                error(ErrorKind.PRECONDITION_FAILED, operation, key, "the key is taken", taken);
            case NotDirectoryException document ->
                error(
                        ErrorKind.PRECONDITION_FAILED,
                        operation,
                        key,
                        "a part of the key is a document, not a folder",
                        document);
            case IOException other -> bySentence(operation, key, other);
            default -> error(ErrorKind.INTERNAL, operation, key, "an unexpected failure, see its cause", failure);
        };
    }

    private static StorageException bySentence(String operation, String key, IOException failure) {
        return SENTENCES.stream()
                .filter(sentence -> says(failure, sentence.part()))
                .findFirst()
                .map(sentence -> error(sentence.kind(), operation, key, sentence.detail(), failure))
                .orElseGet(() -> error(
                        ErrorKind.INTERNAL,
                        operation,
                        key,
                        "the file system reported an error, see its cause",
                        failure));
    }

    /** Whether the operating system's sentence holds these words. */
    static boolean says(IOException failure, String words) {
        return failure.getMessage() != null && failure.getMessage().contains(words);
    }

    static StorageException error(ErrorKind kind, String operation, DocumentKey key, String detail) {
        return new StorageException(kind, operation, key.value(), detail);
    }

    private static StorageException error(
            ErrorKind kind, String operation, String key, String detail, Throwable cause) {
        return new StorageException(kind, operation, key, detail, cause);
    }
}
