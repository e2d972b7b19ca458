package io.hermes.storage.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What one request tells of a folder. A server lists objects and folders apart, and only their order together is that of the whole
 * listing. Which order that is the lists themselves tell, or the server with one more answer.
 *
 * @param objects of the folder itself
 * @param folders their names, each with a slash at its end
 */
record FolderAnswer(List<S3Object> objects, List<String> folders) {

    static final String DELIMITER = "/";

    /** An object or a folder. */
    sealed interface Listed {

        /** Its whole name. */
        String name();

        /** Where to go on when this is done. */
        Behind behind();

        /** An object. */
        record One(S3Object object) implements Listed {
            @Override
            public String name() {
                return object.key();
            }

            @Override
            public Behind behind() {
                return Behind.object(name());
            }
        }

        /** All that is below a folder. */
        record Folder(String name) implements Listed {
            @Override
            public Behind behind() {
                return Behind.folder(name);
            }
        }
    }

    /** @param place where it was asked to begin; servers that sort by units may name the folder once more behind which that is */
    static FolderAnswer of(ListObjectsV2Response response, OpenFolder.Next place) {
        Optional<Behind> done = place.behind();
        return new FolderAnswer(
                response.contents(),
                response.commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .filter(name -> !done.equals(Optional.of(Behind.folder(name))))
                        .distinct()
                        .toList());
    }

    /** Whether a server can mean it: folders are those right below this one. */
    boolean isOf(String folder) {
        return folders.stream()
                .allMatch(name -> name.startsWith(folder)
                        && name.length() > folder.length()
                        && name.indexOf(DELIMITER, folder.length()) == name.length() - 1);
    }

    /**
     * The orders that both lists have, and in which they are behind the place where they were asked to begin. None: what was seen before
     * comes again, and might for ever.
     */
    List<NameOrder> orders(OpenFolder.Next place) {
        List<String> keys = objects.stream().map(S3Object::key).toList();
        Optional<String> begin = place.behind().map(Behind::name);
        return Arrays.stream(NameOrder.values())
                .filter(order -> order.fits(begin, keys) && order.fits(begin, folders))
                .toList();
    }

    /** Both lists as one. */
    List<Listed> in(NameOrder order) {
        List<Listed> all = new ArrayList<>();
        objects.forEach(object -> all.add(new Listed.One(object)));
        folders.forEach(name -> all.add(new Listed.Folder(name)));
        all.sort((one, other) -> order.compare(one.name(), other.name()));
        return all;
    }

    /** The first place at which it matters which of the two orders the server has. */
    Optional<Integer> parting() {
        List<Listed> bytes = in(NameOrder.BYTES);
        List<Listed> units = in(NameOrder.UNITS);
        for (int at = 0; at < bytes.size(); at++) {
            if (!bytes.get(at).name().equals(units.get(at).name())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    boolean names(String name) {
        return folders.contains(name)
                || objects.stream().anyMatch(object -> object.key().equals(name));
    }
}
