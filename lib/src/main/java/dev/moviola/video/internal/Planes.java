package dev.moviola.video.internal;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import dev.moviola.video.Frame;
import dev.moviola.video.VideoException;
import dev.moviola.video.VideoInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Copies native pictures into {@link Frame}s, converting only those that are not 8-bit 4:2:0 of the wanted size. */
final class Planes implements AutoCloseable {
    private final Path file;
    private final VideoInfo info;
    private final int width;
    private final int height;
    private @Nullable SwsContext scaler;
    private @Nullable AVFrame converted;

    Planes(Path file, VideoInfo info, int shortSide) {
        this.file = file;
        this.info = info;
        int shorter = Math.min(info.width(), info.height());
        if (shortSide > 0 && shorter > shortSide) {
            width = even(info.width() * (double) shortSide / shorter);
            height = even(info.height() * (double) shortSide / shorter);
        } else {
            width = info.width();
            height = info.height();
        }
    }

    Frame copy(AVFrame source, int index, double seconds) {
        boolean plain = source.format() == AV_PIX_FMT_YUV420P || source.format() == AV_PIX_FMT_YUVJ420P;
        if (plain && source.width() == width && source.height() == height && source.linesize(0) > 0) {
            return frame(source, index, seconds);
        }
        return frame(convert(source), index, seconds);
    }

    private AVFrame convert(AVFrame source) {
        if (scaler == null || converted == null) {
            SwsContext context = sws_alloc_context();
            scaler = context;
            context.flags((width < info.width() ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND);
            AVFrame target = av_frame_alloc();
            converted = target;
            target.format(AV_PIX_FMT_YUV420P);
            target.width(width);
            target.height(height);
            target.color_range(info.fullRange() ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
            target.colorspace(info.bt709() ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M);
            check(av_frame_get_buffer(target, 32));
        }
        if (source.colorspace() == AVCOL_SPC_UNSPECIFIED) {
            source.colorspace(info.bt709() ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M);
        }
        check(sws_scale_frame(scaler, converted, source));
        return converted;
    }

    private Frame frame(AVFrame source, int index, double seconds) {
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        return new Frame(
                index,
                seconds,
                width,
                height,
                plane(source, 0, width, height),
                plane(source, 1, chromaWidth, chromaHeight),
                plane(source, 2, chromaWidth, chromaHeight));
    }

    private static byte[] plane(AVFrame source, int plane, int columns, int rows) {
        int stride = source.linesize(plane);
        byte[] samples = new byte[columns * rows];
        BytePointer data = source.data(plane);
        ByteBuffer buffer = data.capacity((long) stride * (rows - 1) + columns).asByteBuffer();
        if (stride == columns) {
            buffer.get(samples);
        } else {
            for (int y = 0; y < rows; y++) {
                buffer.get(y * stride, samples, y * columns, columns);
            }
        }
        return samples;
    }

    private void check(int result) {
        if (result < 0) {
            throw new VideoException(
                    file, "its " + info.pixelFormat() + " pictures cannot be converted: " + Natives.text(result));
        }
    }

    private static int even(double size) {
        return Math.max(2, 2 * (int) Math.round(size / 2));
    }

    @Override
    public void close() {
        if (converted != null) {
            av_frame_free(converted);
            converted = null;
        }
        if (scaler != null) {
            sws_freeContext(scaler);
            scaler = null;
        }
    }
}
