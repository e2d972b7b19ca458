package io.hermes.storage.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all local stores of a process share, since they usually share the disks.
 *
 * @param workers the threads
 * @param folders the ones used last
 * @param names sorted names of large folders
 * @param syncs syncs of folders under way
 * @param inUse names of the temporary files that this process is writing
 */
record LocalResources(
        LocalWorkers workers, OpenFolders folders, SortedNames names, FolderSyncs syncs, Set<String> inUse) {

    static LocalResources create() {
        LocalWorkers workers = new LocalWorkers();
        return new LocalResources(
                workers,
                new OpenFolders(workers),
                new SortedNames(workers),
                new FolderSyncs(),
                ConcurrentHashMap.newKeySet());
    }
}
