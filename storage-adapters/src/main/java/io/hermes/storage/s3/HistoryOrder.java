package io.hermes.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps the order in which a store names versions and delete markers. The SDK sorts them into two lists, and their times do not
 * bring the order back: on most stores they are whole seconds, and an upload by parts bears the time at which it began.
 */
final class HistoryOrder implements ExecutionInterceptor {

    /** Set on a request whose answer's order is wanted. */
    static final ExecutionAttribute<Listed> LISTED = new ExecutionAttribute<>("HermesHistoryOrder");

    private static final XMLInputFactory XML = reader();

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return Optional.ofNullable(attributes.getAttribute(LISTED))
                .map(listed -> context.responsePublisher().map(listed::noting))
                .orElseGet(context::responsePublisher);
    }

    private static XMLInputFactory reader() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The answer to one listing, as it came; the SDK's next try begins it anew. */
    static final class Listed {

        private ByteArrayOutputStream body = new ByteArrayOutputStream();

        private Publisher<ByteBuffer> noting(Publisher<ByteBuffer> pieces) {
            ByteArrayOutputStream fresh = new ByteArrayOutputStream();
            body = fresh;
            return SdkPublisher.adapt(pieces).map(piece -> {
                byte[] copy = new byte[piece.remaining()];
                piece.duplicate().get(copy);
                fresh.writeBytes(copy);
                return piece;
            });
        }

        /** For every entry, in the store's order, whether it is a delete marker. */
        List<Boolean> deletions() {
            List<Boolean> deletions = new ArrayList<>();
            try {
                XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(body.toByteArray()));
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                        note(reader.getLocalName(), deletions);
                    }
                }
            } catch (XMLStreamException broken) {
                throw new IllegalStateException("a listing that the SDK could read is no XML", broken);
            }
            return deletions;
        }

        private static void note(String element, List<Boolean> deletions) {
            switch (element) {
                case "Version" -> deletions.add(false);
                case "DeleteMarker" -> deletions.add(true);
                default -> {}
            }
        }
    }
}
