package io.hermes.worker.life;

/** A JVM whose file names are not UTF-8 lists documents that it can never open (RELIABILITY §1, fact 9). */
final class FileNames {

    private static final String PROPERTY = "sun.jnu.encoding";

    private FileNames() {}

    /** @throws IllegalStateException if names outside this encoding would be lost */
    static void requireUtf8(String encoding) {
        if (!"UTF-8".equalsIgnoreCase(encoding)) {
            throw new IllegalStateException(
                    "File names are " + encoding
                            + " here, so documents with other names could be listed but not read. Set LC_ALL=C.UTF-8 and start again.");
        }
    }

    static void requireUtf8() {
        requireUtf8(System.getProperty(PROPERTY));
    }
}
