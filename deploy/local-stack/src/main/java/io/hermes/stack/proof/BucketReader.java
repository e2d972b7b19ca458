package io.hermes.stack.proof;

import io.hermes.stack.StackDescription.S3Node;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Lists a bucket and hashes its objects, and puts and deletes them as a stranger would, with nothing but the JDK. */
public final class BucketReader {

    private static final int EXCERPT = 500;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SignedRequests sign;
    private final String bucket;

    /** Reads with the keys of the stack. */
    public BucketReader(S3Node server, String bucket) {
        this.sign = new SignedRequests(server);
        this.bucket = bucket;
    }

    private record Page(List<String> keys, Optional<String> next) {}

    /** Every key below this prefix. */
    public List<String> keys(String prefix) throws IOException {
        List<String> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Map<String, String> query = new HashMap<>(Map.of("list-type", "2", "prefix", prefix));
            token.ifPresent(value -> query.put("continuation-token", value));
            Page page = read(send("/" + bucket, query));
            all.addAll(page.keys());
            token = page.next();
        } while (token.isPresent());
        return all;
    }

    /** What this object holds now. */
    public Fingerprint fingerprint(String key) throws IOException {
        try (InputStream content = send("/" + bucket + "/" + key, Map.of())) {
            return Fingerprint.of(content);
        }
    }

    /**
     * The server's whole answer to a question for this object.
     *
     * @param headers as they came
     * @param body the bytes
     */
    public record Answer(HttpHeaders headers, byte[] body) {}

    /** What the server says when it is asked for this object. */
    public Answer answer(String key) throws IOException {
        String path = "/" + bucket + "/" + key;
        HttpResponse<InputStream> answer = exchange(path, sign.get(path, Map.of(), Instant.now()));
        try (InputStream body = answer.body()) {
            return new Answer(answer.headers(), body.readAllBytes());
        }
    }

    /** Puts these bytes under this key, whatever stands there: what a stranger does. */
    public void put(String key, byte[] content) throws IOException {
        String path = "/" + bucket + "/" + key;
        exchange(path, sign.put(path, content, Instant.now())).body().close();
    }

    /** Deletes this object, as a stranger would. */
    public void delete(String key) throws IOException {
        String path = "/" + bucket + "/" + key;
        exchange(path, sign.delete(path, Instant.now())).body().close();
    }

    private InputStream send(String path, Map<String, String> query) throws IOException {
        return exchange(path, sign.get(path, query, Instant.now())).body();
    }

    private HttpResponse<InputStream> exchange(String path, HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 != 2) {
                try (InputStream body = answer.body()) {
                    String excerpt = new String(body.readNBytes(EXCERPT), StandardCharsets.UTF_8);
                    throw new IOException(
                            request.method() + " " + path + " answered " + answer.statusCode() + ": " + excerpt);
                }
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static Page read(InputStream body) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.empty();
        try (body) {
            XMLStreamReader xml = factory.createXMLStreamReader(body);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("Key")) {
                    keys.add(xml.getElementText());
                } else if (xml.getLocalName().equals("NextContinuationToken")) {
                    next = Optional.of(xml.getElementText());
                }
            }
        } catch (XMLStreamException malformed) {
            throw new IOException("the list of the bucket is no XML", malformed);
        }
        return new Page(keys, next);
    }
}
