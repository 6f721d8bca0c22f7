package dev.moviola.rehearsal;

import dev.moviola.rehearsal.internal.render.Stage;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.Frame;
import dev.moviola.video.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes small clips of a samurai and a T-rex, with defects that are known. Pictures depend on the take alone; the words
 * of its prompt and its seed decide what is seen and what goes wrong. Safe for use by several threads.
 */
public final class RehearsalRenderer {
    private RehearsalRenderer() {}

    /**
     * Renders {@code take} to {@code mp4}, with the defects that its words and seed bring, and writes the truth beside
     * it ({@link Truth#beside}).
     *
     * @throws VideoException if the clip cannot be written
     */
    public static Truth render(Take take, Path mp4) {
        return render(take, Stage.cast(take), mp4);
    }

    /** As {@link #render(Take, Path)}, with exactly the given defects. */
    public static Truth render(Take take, List<Injection> defects, Path mp4) {
        Stage stage = new Stage(take, defects);
        try (ClipWriter writer = ClipWriter.open(mp4, take.width(), take.height(), take.fps())) {
            try {
                for (int i = 0; i < take.frames(); i++) {
                    writer.write(stage.frame(i));
                }
            } catch (RuntimeException | Error e) {
                writer.abandon();
                throw e;
            }
        }
        Truth truth = stage.truth();
        try {
            Files.writeString(Truth.beside(mp4), truth.toJson());
        } catch (IOException e) {
            throw new VideoException(mp4, "its truth cannot be written beside it: " + e.getMessage(), e);
        }
        return truth;
    }

    /** Hands the frames of {@code take} with exactly the given defects to {@code sink}, before any encoding. */
    public static Truth frames(Take take, List<Injection> defects, Consumer<Frame> sink) {
        Stage stage = new Stage(take, defects);
        for (int i = 0; i < take.frames(); i++) {
            sink.accept(stage.frame(i));
        }
        return stage.truth();
    }
}
