package dev.moviola.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.moviola.video.Frame;
import dev.moviola.video.VideoException;
import dev.moviola.video.WriteOptions;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** One H.264 stream in one mp4 file. */
public final class Encoder implements AutoCloseable {
    private static final int AGAIN = -11;
    private static final int VARIABLE_TICKS = 90_000;

    private final Path named;
    private final int width;
    private final int height;
    private final boolean framesTellTime;
    private @Nullable AVFormatContext container;
    private @Nullable AVCodecContext codec;
    private @Nullable AVFrame picture;
    private @Nullable AVPacket packet;
    private @Nullable AVStream stream;
    private long count;
    private long lastTick = -1;

    /** Opens {@code partial} for writing; messages speak of {@code named}. */
    public Encoder(Path named, Path partial, int width, int height, double fps, WriteOptions options) {
        this.named = named;
        this.width = width;
        this.height = height;
        this.framesTellTime = options.framesTellTime();
        try {
            open(partial, fps, options);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open(Path partial, double fps, WriteOptions options) {
        Natives.ready();
        AVFormatContext opened = new AVFormatContext((Pointer) null);
        check(avformat_alloc_output_context2(opened, null, "mp4", null), "no mp4 writer");
        container = opened;
        AVRational rate = exactRate(fps);
        AVCodec encoder = avcodec_find_encoder_by_name("libopenh264");
        if (encoder == null || encoder.isNull()) {
            throw new VideoException(named, "this build of ffmpeg has no H.264 encoder (libopenh264)");
        }
        AVCodecContext context = avcodec_alloc_context3(encoder);
        codec = context;
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.framerate(rate);
        context.time_base(framesTellTime ? av_make_q(1, VARIABLE_TICKS) : av_make_q(rate.den(), rate.num()));
        context.gop_size(options.keyframeEvery());
        context.thread_count(1);
        context.color_range(AVCOL_RANGE_MPEG);
        context.colorspace(height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M);
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
        openCodec(context, encoder, options);
        AVStream added = avformat_new_stream(opened, null);
        stream = added;
        check(avcodec_parameters_from_context(added.codecpar(), context), "no stream");
        added.time_base(context.time_base());
        added.avg_frame_rate(rate);
        opened.flags(opened.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        AVIOContext output = new AVIOContext((Pointer) null);
        check(avio_open(output, "file:" + partial.toAbsolutePath(), AVIO_FLAG_WRITE), "cannot be written");
        opened.pb(output);
        BytePointer url = av_strdup(new BytePointer("file:" + partial.toAbsolutePath()));
        opened.url(url);
        AVDictionary muxing = new AVDictionary((Pointer) null);
        try {
            av_dict_set(muxing, "movflags", "+faststart", 0);
            check(avformat_write_header(opened, muxing), "cannot be written");
        } finally {
            av_dict_free(muxing);
        }
        packet = av_packet_alloc();
        AVFrame frame = av_frame_alloc();
        picture = frame;
        frame.format(AV_PIX_FMT_YUV420P);
        frame.width(width);
        frame.height(height);
        check(av_frame_get_buffer(frame, 32), "no memory for a picture");
    }

    private void openCodec(AVCodecContext context, AVCodec encoder, WriteOptions options) {
        AVDictionary settings = new AVDictionary((Pointer) null);
        try {
            av_dict_set(settings, "allow_skip_frames", "0", 0);
            if (options.bitsPerSecond() > 0) {
                context.bit_rate(options.bitsPerSecond());
                av_dict_set(settings, "rc_mode", "bitrate", 0);
            } else {
                context.qmin(options.quality());
                context.qmax(options.quality());
                context.bit_rate(20_000_000);
                av_dict_set(settings, "rc_mode", "quality", 0);
            }
            check(avcodec_open2(context, encoder, settings), "the H.264 encoder does not start");
        } finally {
            av_dict_free(settings);
        }
    }

    /** Encodes one frame. */
    public void write(Frame frame) {
        AVFrame target = picture;
        AVCodecContext context = codec;
        if (target == null || context == null) {
            throw new VideoException(named, "is closed");
        }
        if (frame.width() != width || frame.height() != height) {
            throw new VideoException(
                    named,
                    "takes frames of " + width + "x" + height + ", but frame " + count + " was " + frame.width() + "x"
                            + frame.height());
        }
        check(av_frame_make_writable(target), "no memory for a picture");
        fill(target, 0, frame.luma(), width, height);
        fill(target, 1, frame.cb(), width / 2, height / 2);
        fill(target, 2, frame.cr(), width / 2, height / 2);
        long tick = framesTellTime ? Math.round(frame.seconds() * VARIABLE_TICKS) : count;
        if (tick <= lastTick) {
            throw new VideoException(
                    named,
                    "frames must come in order of time, but frame " + count + " is at " + frame.seconds() + " s");
        }
        lastTick = tick;
        count++;
        target.pts(tick);
        check(avcodec_send_frame(context, target), "frame " + count + " does not encode");
        drain(context);
    }

    /** Encodes what is pending and writes the index. */
    public void finish() {
        AVCodecContext context = codec;
        if (context == null || container == null) {
            throw new VideoException(named, "is closed");
        }
        if (count == 0) {
            throw new VideoException(named, "a clip needs at least one frame");
        }
        check(avcodec_send_frame(context, null), "does not end");
        drain(context);
        check(av_write_trailer(container), "cannot be written");
        check(container.pb().error(), "cannot be written");
    }

    private void drain(AVCodecContext context) {
        AVPacket ready = packet;
        AVStream to = stream;
        if (ready == null || to == null) {
            return;
        }
        while (true) {
            int result = avcodec_receive_packet(context, ready);
            if (result == AGAIN || result == AVERROR_EOF) {
                return;
            }
            check(result, "does not encode");
            if (ready.duration() == 0 && !framesTellTime) {
                ready.duration(1);
            }
            av_packet_rescale_ts(ready, context.time_base(), to.time_base());
            ready.stream_index(0);
            check(av_interleaved_write_frame(container, ready), "cannot be written");
        }
    }

    private static void fill(AVFrame target, int plane, byte[] samples, int columns, int rows) {
        int stride = target.linesize(plane);
        var buffer = target.data(plane).capacity((long) stride * rows).asByteBuffer();
        for (int y = 0; y < rows; y++) {
            buffer.put(y * stride, samples, y * columns, columns);
        }
    }

    private static AVRational exactRate(double fps) {
        double whole = Math.rint(fps * 1.001);
        if (Math.abs(fps - Math.rint(fps)) > 1e-6 && Math.abs(fps * 1.001 - whole) < 2e-3) {
            return av_make_q((int) whole * 1000, 1001);
        }
        return av_d2q(fps, 100_000);
    }

    private void check(int result, String what) {
        if (result < 0) {
            throw new VideoException(named, what + ": " + Natives.text(result));
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
        if (container != null) {
            if (container.pb() != null && !container.pb().isNull()) {
                avio_closep(container.pb());
            }
            avformat_free_context(container);
            container = null;
            stream = null;
        }
    }
}
