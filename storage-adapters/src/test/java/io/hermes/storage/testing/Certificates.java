package io.hermes.storage.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Keys and certificates for tests, made by the JDK's own {@code keytool}. */
public final class Certificates {

    private static final String PASSWORD = "for-tests";

    private final Path folder;

    /** @param folder where the files go */
    public Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * A server's certificate.
     *
     * @param context what the server speaks TLS with
     * @param pem the certificate that its clients are to trust
     */
    public record Server(SSLContext context, Path pem) {}

    /** A self-signed certificate for this name, such as {@code IP:127.0.0.1}, valid for a day. */
    public Server selfSigned(String subjectName) {
        try {
            Path store = Files.createTempDirectory(folder, "self-signed").resolve("store.p12");
            generate(store, "key", subjectName, List.of());
            return new Server(context(store), exported(store, "key"));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A certificate for this name whose day was last month; the authority that signed it is valid. */
    public Server expired(String subjectName) {
        try {
            Path store = Files.createTempDirectory(folder, "expired").resolve("store.p12");
            generate(store, "authority", "DNS:authority.example", List.of());
            generate(store, "key", subjectName, List.of("-signer", "authority", "-startdate", "-30d"));
            Path authority = exported(store, "authority");
            keytool(store, List.of("-delete", "-alias", "authority"));
            return new Server(context(store), authority);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void generate(Path store, String alias, String subjectName, List<String> more) throws IOException {
        List<String> what = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-validity", "1"));
        what.addAll(List.of("-dname", "CN=hermes-test-" + alias, "-ext", "SAN=" + subjectName, "-ext", "BC=ca:true"));
        what.addAll(more);
        keytool(store, what);
    }

    private static Path exported(Path store, String alias) throws IOException {
        Path pem = store.resolveSibling(alias + ".pem");
        keytool(store, List.of("-exportcert", "-rfc", "-alias", alias, "-file", pem.toString()));
        return pem;
    }

    private static void keytool(Path store, List<String> what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(what);
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("keytool failed: " + what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
