package io.hermes.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/** Trusts the certificates of one PEM file and no others. */
final class Authorities {

    private Authorities() {}

    /** Begins TLS over a connection, trusting as the transport says. */
    static void handshake(Transport transport, String host, Socket open) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context(transport).getSocketFactory().createSocket(open, host, open.getPort(), false)) {
            if (!transport.skipVerify()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
        }
    }

    private static SSLContext context(Transport transport) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, transport.skipVerify() ? new TrustManager[] {new Anybody()} : own(transport), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw S3Clients.invalid("ca_cert_path", "the file cannot be used to check certificates");
        }
    }

    /** @return null for the platform's */
    private static TrustManager[] own(Transport transport) {
        return transport.authorities().map(Authorities::managers).orElse(null);
    }

    /** For the setting that says so. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    static TlsTrustManagersProvider trusting(Path pem) {
        TrustManager[] managers = managers(pem);
        return () -> managers;
    }

    private static TrustManager[] managers(Path pem) {
        try (InputStream file = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            if (certificates.isEmpty()) {
                throw S3Clients.invalid("ca_cert_path", "the file holds no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw S3Clients.invalid("ca_cert_path", "the file cannot be read as PEM certificates");
        }
    }
}
