package dev.moviola.xai.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.xai.XaiModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job as a request of the API: checked against the rules of its model, priced, and ready to be written as JSON once
 * the files that it names are read.
 *
 * @param kind which of the three calls it is
 * @param model the model
 * @param price the listed price; for an edit, whose length is not known, the price of the longest source
 * @param fields the body without media
 * @param media the media fields: a {@link Media} or a list of them by field
 */
public record JobRequest(
        Kind kind, XaiModel model, Money price, Map<String, Object> fields, Map<String, Object> media) {
    /** The calls that make a clip. */
    public enum Kind {
        /** A new clip. */
        GENERATE,
        /** A changed clip. */
        EDIT,
        /** A longer clip. */
        EXTEND
    }

    private static final int LONGEST_EDIT_SOURCE = 9;
    private static final Set<String> OURS = Set.of("repeat");
    private static final Set<String> FOR_EDIT = Set.of("model", "prompt", "video");
    private static final Set<String> FOR_EXTEND = Set.of("model", "prompt", "video", "duration");
    private static final Set<String> FOR_GENERATE = Set.of(
            "model",
            "prompt",
            "duration",
            "aspect_ratio",
            "resolution",
            "image",
            "reference_images",
            "reference_audios",
            "last_frame",
            "keyframes",
            "generate_audio");

    /**
     * Checks {@code job} and translates it.
     *
     * @param models the models that may be asked for, the default first
     * @param hasInput whether an earlier job gives the clip to be edited or extended
     * @throws MoviolaException if a rule is broken; the message states rule and value
     */
    public static JobRequest of(Job job, List<XaiModel> models, boolean hasInput) {
        Kind kind =
                switch (job.kind()) {
                    case "generate" -> Kind.GENERATE;
                    case "edit" -> Kind.EDIT;
                    case "extend" -> Kind.EXTEND;
                    default ->
                        throw new MoviolaException(
                                "the kind of a job for xai must be generate, edit or extend, but was \"" + job.kind()
                                        + "\"");
                };
        Parameters given = job.parameters();
        XaiModel model = model(given, models, kind);
        Set<String> known =
                switch (kind) {
                    case GENERATE -> FOR_GENERATE;
                    case EDIT -> FOR_EDIT;
                    case EXTEND -> FOR_EXTEND;
                };
        for (String name : given.asMap().keySet()) {
            if (!known.contains(name) && !OURS.contains(name)) {
                throw new MoviolaException("xai has no parameter \"" + brief(name) + "\" for " + job.kind()
                        + "; it has " + new TreeSet<>(known));
            }
        }
        return kind == Kind.GENERATE ? generation(given, model) : change(kind, given, model, hasInput);
    }

    private static JobRequest generation(Parameters given, XaiModel model) {
        Map<String, Object> media = new LinkedHashMap<>();
        one(given, "image", media);
        one(given, "last_frame", media);
        many(given, "reference_images", model.referenceImages(), model, media);
        if (!model.frames() && (given.has("last_frame") || given.has("keyframes"))) {
            throw new MoviolaException(model.id() + " takes no last_frame and no keyframes; a 1.5 model does");
        }
        boolean references = media.containsKey("reference_images");
        if (references && media.containsKey("image") && !model.imageWithReferences()) {
            throw new MoviolaException(model.id() + " takes image or reference_images, but not both");
        }
        Map<String, Object> fields = fields(given, model);
        prompt(given, model, model.promptOptionalWithImage() && !media.isEmpty(), fields);
        int longest = references ? model.longestWithReferences() : XaiModel.LONGEST;
        int seconds = seconds(given, XaiModel.USUAL_SECONDS, longest);
        fields.put("duration", seconds);
        if (given.has("aspect_ratio")) {
            String ratio = given.text("aspect_ratio");
            if (!XaiModel.ASPECT_RATIOS.contains(ratio)) {
                throw new MoviolaException(
                        "aspect_ratio must be one of " + XaiModel.ASPECT_RATIOS + ", but was \"" + brief(ratio) + "\"");
            }
            fields.put("aspect_ratio", ratio);
        }
        String resolution = given.text("resolution", model.resolutions().get(0));
        Money price = model.price(brief(resolution), seconds);
        if (references && resolution.equals("1080p")) {
            throw new MoviolaException("resolution must be at most 720p with reference_images, but was 1080p");
        }
        fields.put("resolution", resolution);
        if (given.has("generate_audio")) {
            fields.put("generate_audio", given.flag("generate_audio", true));
        }
        atMost(given, "reference_audios", 3, fields);
        keyframes(given, media);
        return new JobRequest(Kind.GENERATE, model, price, fields, media);
    }

    private static JobRequest change(Kind kind, Parameters given, XaiModel model, boolean hasInput) {
        Map<String, Object> media = new LinkedHashMap<>();
        one(given, "video", media);
        if (media.isEmpty() && !hasInput) {
            throw new MoviolaException(
                    "an edit or extension needs a video: an https address, a file, or a job that it depends on");
        }
        Map<String, Object> fields = fields(given, model);
        prompt(given, model, false, fields);
        int seconds = LONGEST_EDIT_SOURCE;
        if (kind == Kind.EXTEND) {
            seconds = seconds(given, 6, 10);
            fields.put("duration", seconds);
        }
        String dearest = model.resolutions().contains("720p")
                ? "720p"
                : model.resolutions().get(0);
        return new JobRequest(kind, model, model.price(dearest, seconds), fields, media);
    }

    private static XaiModel model(Parameters given, List<XaiModel> models, Kind kind) {
        if (!given.has("model")) {
            return kind == Kind.GENERATE
                    ? models.get(0)
                    : models.stream().filter(XaiModel::edits).findFirst().orElse(models.get(0));
        }
        String id = given.text("model");
        XaiModel model = models.stream()
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("model must be one of "
                        + models.stream().map(XaiModel::id).toList() + ", but was \"" + brief(id) + "\""));
        if (kind != Kind.GENERATE && !model.edits()) {
            throw new MoviolaException(id + " does not edit or extend clips; " + XaiModel.CLASSIC.id() + " does");
        }
        return model;
    }

    private static Map<String, Object> fields(Parameters given, XaiModel model) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", given.text("model", model.id()));
        return fields;
    }

    private static void prompt(Parameters given, XaiModel model, boolean optional, Map<String, Object> fields) {
        String prompt = given.text("prompt", "");
        if (prompt.isBlank()) {
            if (!optional) {
                throw new MoviolaException("prompt must not be empty for " + model.id());
            }
            return;
        }
        int length = prompt.codePointCount(0, prompt.length());
        if (length > model.longestPrompt()) {
            throw new MoviolaException("prompt must have at most " + model.longestPrompt() + " characters for "
                    + model.id() + ", but has " + length);
        }
        fields.put("prompt", prompt);
    }

    private static int seconds(Parameters given, int usual, int longest) {
        long seconds = given.integer("duration", usual);
        if (seconds < 1 || seconds > longest) {
            throw new MoviolaException(
                    "duration must be in 1.." + longest + " seconds for this request, but was " + seconds);
        }
        return (int) seconds;
    }

    private static void one(Parameters given, String name, Map<String, Object> media) {
        given.find(name).ifPresent(value -> media.put(name, Media.of(name, value)));
    }

    private static void many(Parameters given, String name, int most, XaiModel model, Map<String, Object> media) {
        List<Object> values = given.list(name);
        if (values.size() > most) {
            throw new MoviolaException(
                    model.id() + " takes at most " + most + " " + name + ", but got " + values.size());
        }
        if (!values.isEmpty()) {
            media.put(name, values.stream().map(v -> Media.of(name, v)).toList());
        }
    }

    private static void atMost(Parameters given, String name, int most, Map<String, Object> fields) {
        List<Object> values = given.list(name);
        if (values.size() > most) {
            throw new MoviolaException(name + " must be at most " + most + ", but were " + values.size());
        }
        if (!values.isEmpty()) {
            fields.put(name, values);
        }
    }

    private static void keyframes(Parameters given, Map<String, Object> media) {
        List<Object> values = given.list("keyframes");
        if (values.size() > 4) {
            throw new MoviolaException("keyframes must be at most 4, but were " + values.size());
        }
        if (!values.isEmpty()) {
            media.put("keyframes", values.stream().map(JobRequest::keyframe).toList());
        }
    }

    private static Keyframe keyframe(Object value) {
        if (value instanceof Map<?, ?> map
                && map.get("image") != null
                && map.get("timestamp_s") instanceof Number seconds) {
            return new Keyframe(Media.of("keyframes", Objects.requireNonNull(map.get("image"))), seconds.doubleValue());
        }
        throw new MoviolaException(
                "a keyframe must be an object with image and timestamp_s, but was " + brief(value.toString()));
    }

    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** An image at a time of the clip. */
    record Keyframe(Media image, double seconds) {}
}
