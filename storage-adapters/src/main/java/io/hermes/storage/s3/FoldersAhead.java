package io.hermes.storage.s3;

import io.hermes.storage.s3.OpenFolder.Next;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * The first answers about folders, asked for before their turn: a gateway looks into several folders in the time of one. A few, and only for
 * one page. An answer that could not be had fails when its turn comes.
 */
final class FoldersAhead {

    /** With the folder whose turn it is. */
    private static final int MOST = 4;

    private final Function<OpenFolder, Uni<ListObjectsV2Response>> ask;
    private final Map<String, Uni<ListObjectsV2Response>> asked = new HashMap<>();

    FoldersAhead(Function<OpenFolder, Uni<ListObjectsV2Response>> ask) {
        this.ask = ask;
    }

    /**
     * The answer about a folder, whose turn it is.
     *
     * @param upcoming the folders whose turn comes then, as far as they will be asked for
     */
    Uni<ListObjectsV2Response> about(OpenFolder folder, List<String> upcoming) {
        if (!folder.isAtBeginning()) {
            return ask.apply(folder);
        }
        begin(folder.name());
        upcoming.forEach(this::begin);
        return asked.remove(folder.name());
    }

    private void begin(String name) {
        if (asked.size() < MOST && !asked.containsKey(name)) {
            Uni<ListObjectsV2Response> answer =
                    ask.apply(new OpenFolder(name, Next.beginning())).memoize().indefinitely();
            asked.put(name, answer);
            answer.subscribe().with(told -> {}, failure -> {});
        }
    }
}
