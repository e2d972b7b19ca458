package io.hermes.storage.local;

/** A JVM whose file names are not UTF-8 lists documents that it can never open, and cannot name others at all. */
final class FileNames {

    private FileNames() {}

    /** @throws IllegalStateException if names outside this JVM's encoding of file names would be lost */
    static void requireUtf8() {
        String encoding = System.getProperty("sun.jnu.encoding");
        if (!"UTF-8".equalsIgnoreCase(encoding)) {
            throw new IllegalStateException(
                    "File names are " + encoding
                            + " here, so documents with other names could be listed but not read. Set LC_ALL=C.UTF-8 and start again.");
        }
    }
}
