package dev.moviola.video.internal;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.moviola.video.DecodeLimits;
import dev.moviola.video.VideoException;
import dev.moviola.video.VideoInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * An opened container with its best video stream.
 *
 * <p>Only plain containers are accepted, and only through the file protocol: playlists and other formats that name
 * further files or addresses would let a hostile file read them.
 */
public final class Source implements AutoCloseable {
    private static final String FORMATS = "mov,mp4,matroska,webm,avi,ogg,mpeg,mpegvideo,mpegts,h264";

    private final Path file;
    private final DecodeLimits limits;
    private final long bytes;
    private final long deadlineNanos;
    private final LongPointer deadline;
    private @Nullable AVFormatContext container;
    private int streamIndex = -1;
    private @Nullable VideoInfo info;

    private Source(Path file, DecodeLimits limits, long bytes) {
        this.file = file;
        this.limits = limits;
        this.bytes = bytes;
        this.deadlineNanos = System.nanoTime() + limits.deadline().toNanos();
        this.deadline = new LongPointer(1).put(deadlineNanos);
    }

    /** Opens {@code file}; throws {@link VideoException} if it is no acceptable video. */
    public static Source open(Path file, DecodeLimits limits) {
        Source source = new Source(file, limits, sizeOf(file, limits));
        try {
            source.open();
            return source;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private static long sizeOf(Path file, DecodeLimits limits) {
        if (!Files.exists(file)) {
            throw new VideoException(file, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new VideoException(file, "is not a regular file");
        }
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new VideoException(file, "is empty");
            }
            if (size > limits.maxBytes()) {
                throw new VideoException(
                        file, "has " + size + " bytes, but at most " + limits.maxBytes() + " are accepted");
            }
            if (!Files.isReadable(file)) {
                throw new VideoException(file, "may not be read by this user");
            }
            return size;
        } catch (IOException e) {
            throw new VideoException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private void open() {
        AVFormatContext opened = openContainer();
        container = opened;
        checkSizes(opened);
        findStreams(opened);
        int best = av_find_best_stream(opened, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
        if (best < 0) {
            throw new VideoException(file, "holds no video stream");
        }
        streamIndex = best;
        AVStream stream = opened.streams(best);
        checkSizes(opened);
        checkComplete(stream);
        info = describe(opened, stream);
        for (int i = 0; i < opened.nb_streams(); i++) {
            if (i != best) {
                opened.streams(i).discard(AVDISCARD_ALL);
            }
        }
    }

    private AVFormatContext openContainer() {
        AVFormatContext context = avformat_alloc_context();
        context.interrupt_callback().callback(Natives.INTERRUPT).opaque(deadline);
        AVDictionary options = new AVDictionary((Pointer) null);
        av_dict_set(options, "protocol_whitelist", "file", 0);
        av_dict_set(options, "format_whitelist", FORMATS, 0);
        av_dict_set(options, "max_streams", "64", 0);
        try {
            int result = avformat_open_input(context, "file:" + file.toAbsolutePath(), null, options);
            if (result < 0) {
                checkTime();
                throw new VideoException(
                        file,
                        "is not a complete video file of a supported kind (mp4, mov, webm, mkv, avi, ogg, mpeg): "
                                + Natives.text(result));
            }
            return context;
        } finally {
            av_dict_free(options);
        }
    }

    private void findStreams(AVFormatContext opened) {
        int known = opened.nb_streams();
        AVDictionary[] perStream = new AVDictionary[known];
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, known))) {
            for (int i = 0; i < known; i++) {
                perStream[i] = new AVDictionary((Pointer) null);
                av_dict_set(
                        perStream[i], "max_pixels", Long.toString(Math.min(limits.maxPixels(), Integer.MAX_VALUE)), 0);
                options.put(i, perStream[i]);
            }
            int result = avformat_find_stream_info(opened, known == 0 ? new PointerPointer<>((Pointer) null) : options);
            for (int i = 0; i < known; i++) {
                perStream[i] = options.get(AVDictionary.class, i);
            }
            checkTime();
            if (result < 0) {
                throw new VideoException(file, "its streams cannot be read: " + Natives.text(result));
            }
        } finally {
            for (AVDictionary options : perStream) {
                if (options != null && !options.isNull()) {
                    av_dict_free(options);
                }
            }
        }
    }

    private void checkSizes(AVFormatContext opened) {
        for (int i = 0; i < opened.nb_streams(); i++) {
            AVCodecParameters codec = opened.streams(i).codecpar();
            long pixels = (long) codec.width() * codec.height();
            if (codec.codec_type() == AVMEDIA_TYPE_VIDEO && pixels > limits.maxPixels()) {
                throw new VideoException(
                        file,
                        "pictures of " + codec.width() + "x" + codec.height() + " are " + pixels
                                + " pixels, but at most " + limits.maxPixels() + " are accepted");
            }
        }
    }

    /** An mp4 index names every sample's place, so a file that was cut short is known before anything is decoded. */
    private void checkComplete(AVStream stream) {
        int entries = avformat_index_get_entries_count(stream);
        long end = 0;
        for (int i = 0; i < entries; i++) {
            AVIndexEntry entry = avformat_index_get_entry(stream, i);
            end = Math.max(end, entry.pos() + entry.size());
        }
        if (end > bytes) {
            throw new VideoException(
                    file, "is truncated: it has " + bytes + " bytes, but its index needs " + end + "; fetch it again");
        }
    }

    private VideoInfo describe(AVFormatContext opened, AVStream stream) {
        AVCodecParameters codec = stream.codecpar();
        if (codec.width() < 1 || codec.height() < 1) {
            throw new VideoException(file, "does not say how large its pictures are");
        }
        double seconds = stream.duration() != AV_NOPTS_VALUE
                ? stream.duration() * av_q2d(stream.time_base())
                : opened.duration() != AV_NOPTS_VALUE ? opened.duration() / (double) AV_TIME_BASE : 0;
        AVRational rate = stream.avg_frame_rate().num() > 0 ? stream.avg_frame_rate() : stream.r_frame_rate();
        double fps = rate.num() > 0 && rate.den() > 0 ? av_q2d(rate) : 0;
        BytePointer formatName = av_get_pix_fmt_name(codec.format());
        String format = formatName == null || formatName.isNull() ? "unknown" : formatName.getString();
        boolean full =
                format.startsWith("yuvj") || (codec.color_range() == AVCOL_RANGE_JPEG && format.startsWith("yuv"));
        boolean bt709 = codec.color_space() == AVCOL_SPC_BT709
                || ((codec.color_space() == AVCOL_SPC_UNSPECIFIED || codec.color_space() == AVCOL_SPC_RGB)
                        && codec.height() >= 720);
        return new VideoInfo(
                codec.width(),
                codec.height(),
                stream.nb_frames() > 0 ? (int) Math.min(Integer.MAX_VALUE, stream.nb_frames()) : -1,
                Math.max(0, seconds),
                fps,
                avcodec_get_name(codec.codec_id()).getString(),
                format,
                bytes,
                full,
                bt709);
    }

    /** What the container says about the stream. */
    public VideoInfo info() {
        return Objects.requireNonNull(info, "the source is open");
    }

    /** The file that was opened. */
    public Path file() {
        return file;
    }

    DecodeLimits limits() {
        return limits;
    }

    int streamIndex() {
        return streamIndex;
    }

    AVFormatContext container() {
        if (container == null) {
            throw new VideoException(file, "was closed before its last frame was read");
        }
        return container;
    }

    AVStream stream() {
        return container().streams(streamIndex);
    }

    void checkTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new VideoException(file, "reading was interrupted");
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new VideoException(
                    file,
                    "was not read within its deadline of " + limits.deadline().toMillis() + " ms");
        }
    }

    @Override
    public void close() {
        if (container != null) {
            avformat_close_input(container);
            container = null;
        }
        deadline.close();
    }
}
