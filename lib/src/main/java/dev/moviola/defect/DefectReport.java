package dev.moviola.defect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.video.Clip;
import dev.moviola.video.VideoInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that one scorer found out about one clip.
 *
 * <p>All numbers are finite: a measure that does not apply to a clip is absent, never NaN.
 *
 * @param scorer name and version of the scorer; values of different versions must not be compared
 * @param sha256 hash of the file, or empty when frames without a file were scored
 * @param video size, length and format
 * @param metrics metric id to value; {@link Metrics#all()} says what each means
 * @param timelines defect id, and {@code motion}, to one value 0..1 for each frame of the file
 * @param cuts times of cuts in seconds, ascending
 * @param cadence repeated frames
 * @param physics what objects did without cause
 */
public record DefectReport(
        String scorer,
        String sha256,
        VideoInfo video,
        Map<String, Double> metrics,
        Map<String, double[]> timelines,
        List<Double> cuts,
        Cadence cadence,
        PhysicsReport physics) {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /**
     * Copies the collections and sorts the maps by key.
     *
     * @throws MoviolaException when a value is not finite
     */
    public DefectReport {
        TreeMap<String, Double> sorted = new TreeMap<>(metrics);
        sorted.forEach((id, value) -> {
            if (!Double.isFinite(value)) {
                throw new MoviolaException("metric " + id + " must be a finite number, but was " + value);
            }
        });
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
        TreeMap<String, double[]> lines = new TreeMap<>();
        timelines.forEach((id, line) -> {
            for (double value : line) {
                if (!Double.isFinite(value)) {
                    throw new MoviolaException("timeline " + id + " must be finite numbers, but held " + value);
                }
            }
            lines.put(id, line.clone());
        });
        timelines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
        cuts = List.copyOf(cuts);
    }

    /**
     * The value of a metric.
     *
     * @throws MoviolaException when the report has none of that id
     */
    public double metric(String id) {
        Double value = metrics.get(id);
        if (value == null) {
            throw new MoviolaException("the report has no metric " + id + "; it has " + metrics.keySet());
        }
        return value;
    }

    /** The score of a defect, 0..1, where 0 is no sign of it. */
    public double score(Defect defect) {
        return metric(defect.id());
    }

    /** 0..100, where 100 is no defect found. */
    public double overall() {
        return metric("overall");
    }

    /** The defect with the highest score. */
    public Defect worst() {
        Defect worst = Defect.WARP;
        for (Defect defect : Defect.values()) {
            if (score(defect) > score(worst)) {
                worst = defect;
            }
        }
        return worst;
    }

    /**
     * This report over the clip that it is about: heat maps, and a copy of the clip with the defects marked.
     *
     * @throws MoviolaException when it is about another clip, or was made by another scorer than the standard one
     */
    public DefectView on(Clip clip) {
        return on(clip, Scorer.standard());
    }

    /**
     * This report over the clip that it is about.
     *
     * @param scorer the one that made this report
     * @throws MoviolaException when it is about another clip, or was made by another scorer
     */
    public DefectView on(Clip clip, Scorer scorer) {
        return new DefectView(this, clip, scorer);
    }

    /** This report as one JSON object, which {@link #fromJson} reads back. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(new Json(scorer, sha256, video, metrics, timelines, cuts, cadence, physics));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of finite numbers can always be written", e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote; unknown members are ignored.
     *
     * @throws MoviolaException when the text is no such object
     */
    public static DefectReport fromJson(String json) {
        try {
            Json read = JSON.readValue(json, Json.class);
            return new DefectReport(
                    read.scorer,
                    read.sha256,
                    read.video,
                    read.metrics,
                    read.timelines,
                    read.cuts,
                    read.cadence,
                    read.physics);
        } catch (JsonProcessingException | NullPointerException e) {
            String start = json.length() > 80 ? json.substring(0, 80) + "…" : json;
            throw new MoviolaException(
                    "a defect report must be the JSON object that score writes, but was: " + start
                            + "; score the clip again",
                    e);
        }
    }

    private record Json(
            String scorer,
            String sha256,
            VideoInfo video,
            Map<String, Double> metrics,
            Map<String, double[]> timelines,
            List<Double> cuts,
            Cadence cadence,
            PhysicsReport physics) {}
}
