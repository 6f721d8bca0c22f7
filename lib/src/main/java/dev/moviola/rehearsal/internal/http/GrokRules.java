package dev.moviola.rehearsal.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.xai.XaiModel;
import java.util.Set;

/** What the service takes, written from its side. */
final class GrokRules {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> MEDIA =
            Set.of("image", "video", "reference_images", "reference_audios", "last_frame", "keyframes");
    private static final int EDIT_SECONDS = 5;

    private GrokRules() {}

    /** A request that was found right. */
    record Order(
            String kind,
            XaiModel model,
            String prompt,
            String user,
            int seconds,
            String size,
            Money price,
            Parameters body) {
        /** Width in pixels, even. */
        int width() {
            return Integer.parseInt(size.substring(0, size.indexOf('x')));
        }

        /** Height in pixels, even. */
        int height() {
            return Integer.parseInt(size.substring(size.indexOf('x') + 1));
        }
    }

    /** A request that was found wrong. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The HTTP status. */
        int status() {
            return status;
        }
    }

    /** Reads and judges the body of a submit. */
    static Order order(String kind, byte[] bytes) throws Refused {
        ObjectNode body = object(bytes);
        String name = text(body, "model", XaiModel.CLASSIC.id());
        XaiModel model = XaiModel.find(name)
                .orElseThrow(() -> new Refused(
                        404, "The model " + name + " does not exist or your team does not have access to it."));
        String prompt = text(body, "prompt", "");
        boolean generate = kind.equals("generate");
        boolean image = body.hasNonNull("image") || body.hasNonNull("last_frame") || body.hasNonNull("keyframes");
        boolean references = !body.path("reference_images").isEmpty();
        if (prompt.isBlank() && !(generate && model.promptOptionalWithImage() && image)) {
            throw new Refused(422, "Failed to deserialize the JSON body into the target type: missing field `prompt`");
        }
        int seconds;
        if (generate) {
            frames(body, model, references);
            seconds =
                    whole(body, XaiModel.USUAL_SECONDS, references ? model.longestWithReferences() : XaiModel.LONGEST);
        } else {
            change(body, model);
            seconds = kind.equals("extend") ? whole(body, 6, 10) : EDIT_SECONDS;
        }
        String resolution = generate ? text(body, "resolution", "480p") : "720p";
        if (!model.resolutions().contains(resolution) || (references && resolution.equals("1080p"))) {
            throw new Refused(400, "resolution " + resolution + " is not supported for this model.");
        }
        String ratio = generate ? text(body, "aspect_ratio", "16:9") : "16:9";
        if (!XaiModel.ASPECT_RATIOS.contains(ratio)) {
            throw new Refused(400, "aspect_ratio " + ratio + " is not supported.");
        }
        ObjectNode kept = body.deepCopy();
        MEDIA.forEach(field -> kept.replace(field, null));
        return new Order(
                kind,
                model,
                prompt,
                text(body, "user", ""),
                seconds,
                size(resolution, ratio),
                model.price(resolution, seconds),
                Parameters.parse(kept.toString()));
    }

    /** Frame size: the short side is the resolution, the long side follows from the ratio. */
    static String size(String resolution, String ratio) {
        int side = Integer.parseInt(resolution.substring(0, resolution.length() - 1));
        int colon = ratio.indexOf(':');
        double wide = Double.parseDouble(ratio.substring(0, colon));
        double high = Double.parseDouble(ratio.substring(colon + 1));
        int other = (int) Math.ceil(side * Math.max(wide, high) / Math.min(wide, high) / 2) * 2;
        return wide >= high ? other + "x" + side : side + "x" + other;
    }

    private static ObjectNode object(byte[] bytes) throws Refused {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new Refused(422, "Failed to deserialize the JSON body into the target type: expected an object");
        } catch (JsonProcessingException e) {
            throw new Refused(400, "Failed to parse the request body as JSON");
        } catch (java.io.IOException e) {
            throw new Refused(400, "Failed to read request body");
        }
    }

    private static void frames(JsonNode body, XaiModel model, boolean references) throws Refused {
        if (!model.frames() && (body.hasNonNull("last_frame") || body.hasNonNull("keyframes"))) {
            throw new Refused(400, "last_frame and keyframes are not supported for this model.");
        }
        if (body.path("keyframes").size() > 4 || body.path("reference_audios").size() > 3) {
            throw new Refused(400, "at most 4 keyframes and 3 reference_audios are supported.");
        }
        if (body.path("reference_images").size() > model.referenceImages()) {
            throw new Refused(
                    400,
                    model.referenceImages() == 0
                            ? "the field reference_images is not supported for this model."
                            : "at most " + model.referenceImages() + " reference_images are supported.");
        }
        if (references && body.hasNonNull("image") && !model.imageWithReferences()) {
            throw new Refused(400, "image and reference_images cannot be combined for this model.");
        }
    }

    private static void change(JsonNode body, XaiModel model) throws Refused {
        if (!model.edits()) {
            throw new Refused(400, "this model does not support video editing.");
        }
        JsonNode video = body.path("video");
        if (!video.hasNonNull("url") && !video.hasNonNull("file_id")) {
            throw new Refused(422, "Failed to deserialize the JSON body into the target type: missing field `video`");
        }
    }

    private static String text(JsonNode body, String field, String otherwise) throws Refused {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw new Refused(
                    422, "Failed to deserialize the JSON body into the target type: " + field + ": expected a string");
        }
        return value.asText();
    }

    private static int whole(JsonNode body, int usual, int most) throws Refused {
        JsonNode value = body.path("duration");
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.isIntegralNumber()) {
            throw new Refused(
                    422, "Failed to deserialize the JSON body into the target type: duration: expected an integer");
        }
        if (value.asLong() < 1 || value.asLong() > most) {
            throw new Refused(400, "duration must be between 1 and " + most + " seconds.");
        }
        return value.asInt();
    }
}
