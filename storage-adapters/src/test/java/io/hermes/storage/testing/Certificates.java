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
            generate(store, "key", subjectName);
            return new Server(context(store), exported(store, "key"));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A certificate for this name whose day was last month; the authority that signed it is valid. */
    public Server expired(String subjectName) {
        try {
            Path store = Files.createTempDirectory(folder, "expired").resolve("store.p12");
            String request = store.resolveSibling("request.csr").toString();
            String signed = store.resolveSibling("signed.pem").toString();
            generate(store, "authority", "DNS:authority.example");
            generate(store, "key", subjectName);
            keytool(store, List.of("-certreq", "-alias", "key", "-file", request));
            keytool(
                    store,
                    List.of(
                            "-gencert",
                            "-alias",
                            "authority",
                            "-rfc",
                            "-infile",
                            request,
                            "-outfile",
                            signed,
                            "-ext",
                            "SAN=" + subjectName,
                            "-startdate",
                            "-30d",
                            "-validity",
                            "1"));
            keytool(store, List.of("-importcert", "-noprompt", "-alias", "key", "-file", signed));
            Path authority = exported(store, "authority");
            keytool(store, List.of("-delete", "-alias", "authority"));
            return new Server(context(store), authority);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void generate(Path store, String alias, String subjectName) throws IOException {
        keytool(
                store,
                List.of(
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hermes-test-" + alias,
                        "-ext",
                        "SAN=" + subjectName,
                        "-ext",
                        "BC=ca:true",
                        "-validity",
                        "1"));
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
