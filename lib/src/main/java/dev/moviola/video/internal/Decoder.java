package dev.moviola.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.moviola.video.Frame;
import dev.moviola.video.VideoException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Turns the packets of a {@link Source} into frames. */
public final class Decoder implements AutoCloseable {
    /** Real files hold a few broken packets that every player skips; more than this share means a broken file. */
    private static final double TOLERATED_DAMAGE = 0.1;

    private static final int AGAIN = -11;

    private final Source source;
    private final Planes planes;
    private final double secondsPerTick;
    private @Nullable AVCodecContext codec;
    private @Nullable AVPacket packet;
    private @Nullable AVFrame picture;
    private boolean draining;
    private int count;
    private int packets;
    private int damaged;
    private long firstTick = AV_NOPTS_VALUE;
    private double lastSeconds = -1;

    /** Prepares to decode the stream of {@code source}, which stays the caller's to close. */
    public Decoder(Source source) {
        this.source = source;
        this.secondsPerTick = av_q2d(source.stream().time_base());
        this.planes = new Planes(source.file(), source.info(), source.limits().shortSide());
        try {
            open();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open() {
        AVCodec decoder = avcodec_find_decoder(source.stream().codecpar().codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new VideoException(
                    source.file(), "no decoder for " + source.info().codec());
        }
        AVCodecContext context = avcodec_alloc_context3(decoder);
        codec = context;
        check(avcodec_parameters_to_context(context, source.stream().codecpar()), "has unusable codec parameters");
        context.thread_count(source.limits().threads());
        context.pkt_timebase(source.stream().time_base());
        context.max_pixels(Math.min(source.limits().maxPixels(), Integer.MAX_VALUE));
        check(
                avcodec_open2(context, decoder, (AVDictionary) null),
                "its " + source.info().codec() + " decoder fails");
        packet = av_packet_alloc();
        picture = av_frame_alloc();
    }

    /** How many packets did not decode so far. */
    public int damaged() {
        return damaged;
    }

    /** The next frame, or null after the last one. */
    public @Nullable Frame next() {
        AVCodecContext context = codec;
        AVFrame decoded = picture;
        if (context == null || decoded == null) {
            return null;
        }
        while (true) {
            source.checkTime();
            int result = avcodec_receive_frame(context, decoded);
            if (result == 0) {
                try {
                    return frame(decoded);
                } finally {
                    av_frame_unref(decoded);
                }
            }
            if (result == AVERROR_EOF) {
                finish();
                return null;
            }
            if (result == AGAIN) {
                feed(context);
            } else {
                damage(result);
            }
        }
    }

    private void feed(AVCodecContext context) {
        AVPacket next = packet;
        if (next == null) {
            return;
        }
        while (!draining) {
            int read = av_read_frame(source.container(), next);
            if (read == AVERROR_EOF) {
                break;
            }
            source.checkTime();
            if (read < 0) {
                throw new VideoException(source.file(), "breaks off after " + count + " frames: " + Natives.text(read));
            }
            try {
                if (next.stream_index() == source.streamIndex()) {
                    packets++;
                    if ((next.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
                        throw new VideoException(source.file(), "is truncated or damaged after " + count + " frames");
                    }
                    int sent = avcodec_send_packet(context, next);
                    if (sent < 0 && sent != AGAIN) {
                        damage(sent);
                    }
                    return;
                }
            } finally {
                av_packet_unref(next);
            }
        }
        if (!draining) {
            draining = true;
            avcodec_send_packet(context, null);
        }
    }

    private void damage(int error) {
        damaged++;
        if (damaged > 3 && damaged > TOLERATED_DAMAGE * packets) {
            throw new VideoException(
                    source.file(),
                    damaged + " of its first " + packets + " packets do not decode: " + Natives.text(error));
        }
    }

    private void finish() {
        if (count == 0) {
            throw new VideoException(
                    source.file(),
                    packets == 0 ? "holds no video data" : "none of its " + packets + " packets decodes");
        }
    }

    private Frame frame(AVFrame decoded) {
        if (count >= source.limits().maxFrames()) {
            throw new VideoException(
                    source.file(),
                    "has more than the accepted " + source.limits().maxFrames() + " frames");
        }
        long tick = decoded.best_effort_timestamp();
        double step = source.info().fps() > 0 ? 1 / source.info().fps() : 1.0 / 25;
        double seconds;
        if (tick == AV_NOPTS_VALUE) {
            seconds = count == 0 ? 0 : lastSeconds + step;
        } else {
            if (firstTick == AV_NOPTS_VALUE) {
                firstTick = tick - Math.round(count * step / secondsPerTick);
            }
            seconds = (tick - firstTick) * secondsPerTick;
        }
        lastSeconds = seconds;
        return planes.copy(decoded, count++, seconds);
    }

    private void check(int result, String what) {
        if (result < 0) {
            throw new VideoException(source.file(), what + ": " + Natives.text(result));
        }
    }

    @Override
    public void close() {
        if (packet != null) {
            av_packet_free(packet);
            packet = null;
        }
        if (picture != null) {
            av_frame_free(picture);
            picture = null;
        }
        if (codec != null) {
            avcodec_free_context(codec);
            codec = null;
        }
        planes.close();
    }
}
