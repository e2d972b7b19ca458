package io.hermes.storage.s3;

import io.hermes.storage.s3.FolderAnswer.Listed;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A folder of which not all was seen: what is left of the last answer, and where the next begins. */
final class OpenFolder {

    /**
     * Where an answer begins.
     *
     * @param behind behind this, or at the folder's beginning
     * @param token the server's, if it said that there is more and named nothing to go on behind
     */
    record Next(Optional<Behind> behind, Optional<String> token) {

        static Next beginning() {
            return new Next(Optional.empty(), Optional.empty());
        }

        static Next behind(Behind place) {
            return new Next(Optional.of(place), Optional.empty());
        }

        Next at(Optional<String> serversToken) {
            return new Next(behind, serversToken);
        }

        void putInto(ListObjectsV2Request.Builder list) {
            token.ifPresentOrElse(
                    list::continuationToken,
                    () -> behind.map(Behind::startAfter).ifPresent(list::startAfter));
        }
    }

    private final String name;
    private final Queue<Listed> left = new ArrayDeque<>();
    private Optional<Next> next;

    OpenFolder(String name, Next begin) {
        this.name = name;
        this.next = Optional.of(begin);
    }

    /** With a slash at its end; empty for the whole bucket. */
    String name() {
        return name;
    }

    /** Where to ask; only while there is more to ask for. */
    Next next() {
        return next.orElseThrow();
    }

    /** Whether nothing of it was asked for yet. */
    boolean isAtBeginning() {
        return next.equals(Optional.of(Next.beginning()));
    }

    /** The first folders of what is left. */
    List<String> folders(long most) {
        return left.stream()
                .filter(Listed.Folder.class::isInstance)
                .map(Listed::name)
                .limit(most)
                .toList();
    }

    void told(Collection<Listed> names, Optional<Next> more) {
        left.addAll(names);
        next = more;
    }

    Listed take() {
        return left.remove();
    }

    /** Whether the store must be asked. */
    boolean isUnknown() {
        return left.isEmpty() && next.isPresent();
    }

    boolean isDone() {
        return left.isEmpty() && next.isEmpty();
    }
}
