package dev.moviola.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.moviola.MoviolaException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a rehearsal clip really shows.
 *
 * @param take the order it was made from
 * @param defects what was put in on purpose; empty for a clean clip
 * @param gravity true downward acceleration in pixels per second squared
 * @param trajectories one entry for each sprite
 */
public record Truth(Take take, List<Injection> defects, double gravity, List<Trajectory> trajectories) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Where a sprite's centre is in each frame, in pixels from the top left corner.
     *
     * @param sprite its name
     * @param x column by frame
     * @param y row by frame
     * @param contacts seconds at which it really touches ground or opponent
     */
    public record Trajectory(String sprite, List<Double> x, List<Double> y, List<Double> contacts) {
        /** Copies the lists. */
        public Trajectory {
            x = List.copyOf(x);
            y = List.copyOf(y);
            contacts = List.copyOf(contacts);
        }
    }

    /** Copies the lists. */
    public Truth {
        defects = List.copyOf(defects);
        trajectories = List.copyOf(trajectories);
    }

    /** Whether a defect of {@code kind} was put in. */
    public boolean has(Injection.Kind kind) {
        return defects.stream().anyMatch(defect -> defect.kind() == kind);
    }

    /**
     * Which of 16 x 16 cells (row by row) a defect covers at {@code seconds}: those whose centre lies in its region
     * while it shows.
     */
    public boolean[] cells(Injection defect, double seconds) {
        boolean[] cells = new boolean[256];
        if (seconds < defect.startSeconds() || seconds >= defect.endSeconds()) {
            return cells;
        }
        double x = defect.x();
        double y = defect.y();
        if (defect.onSprite() >= 0) {
            Trajectory path = trajectories.get(defect.onSprite());
            int frame = (int) Math.min(path.x().size() - 1, Math.max(0, Math.round(seconds * take.fps())));
            x += path.x().get(frame) / take.width();
            y += path.y().get(frame) / take.height();
        }
        for (int i = 0; i < 256; i++) {
            double dx = ((i % 16 + 0.5) / 16 - x) / defect.radiusX();
            double dy = ((i / 16 + 0.5) / 16 - y) / defect.radiusY();
            cells[i] = defect.kind().wholePicture() || dx * dx + dy * dy <= 1;
        }
        return cells;
    }

    /** Where the truth about {@code clip} is kept: {@code a.mp4} has {@code a.truth.json} beside it. */
    public static Path beside(Path clip) {
        String name = String.valueOf(clip.getFileName());
        int dot = name.lastIndexOf('.');
        return clip.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".truth.json");
    }

    /** This truth as a JSON document. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and text can always be written", e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static Truth fromJson(String json) {
        try {
            return JSON.readValue(json, Truth.class);
        } catch (JsonProcessingException e) {
            throw new MoviolaException("this is not the truth about a rehearsal clip: " + e.getOriginalMessage(), e);
        }
    }
}
