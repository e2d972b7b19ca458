package io.hermes.storage.s3;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;

/**
 * Lets a body come in pieces as large as the network has them. Netty's HTTP codec cuts it at 8 KiB, and each piece goes its own way through
 * some twenty layers to its reader: for a gibibyte 131,072 times. The SDK has no setting for that, and puts its codec into the channel
 * before it connects it.
 */
final class WidePieces {

    static final int MOST_BYTES = 128 * 1024;

    private static final int FIRST = 16 * 1024;
    private static final int LEAST = 2 * 1024;

    private WidePieces() {}

    /** To be called in the channel's event loop, before anything is read. Without such a codec it changes nothing about bodies. */
    static void let(Channel channel) {
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(LEAST, FIRST, MOST_BYTES));
        HttpClientCodec narrow = channel.pipeline().get(HttpClientCodec.class);
        if (narrow != null) {
            HttpDecoderConfig wide = new HttpDecoderConfig().setMaxChunkSize(MOST_BYTES);
            channel.pipeline().replace(narrow, null, new HttpClientCodec(wide, false, false));
        }
    }
}
