package dev.moviola.xai;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one of xAI's video models takes and what it costs, as of August 2026. Models are data: one that came later is
 * described by a record of its own and handed to {@link XaiOptions#withModels}.
 *
 * @param id the name on the wire
 * @param pricePerSecond listed price of a second of clip by resolution, cheapest first; its keys are the resolutions
 *     that the model makes
 * @param longestPrompt the most characters (code points) of a prompt; longer ones are refused before they are sent
 * @param edits whether it edits and extends clips
 * @param referenceImages how many reference images it takes, 0 when none
 * @param longestWithReferences the longest clip from reference images, in seconds
 * @param frames whether it takes a last frame and keyframes
 * @param imageWithReferences whether a start image and reference images may be given together
 * @param promptOptionalWithImage whether the prompt may be left out when an image is given
 */
public record XaiModel(
        String id,
        Map<String, Money> pricePerSecond,
        int longestPrompt,
        boolean edits,
        int referenceImages,
        int longestWithReferences,
        boolean frames,
        boolean imageWithReferences,
        boolean promptOptionalWithImage) {
    /** Aspect ratios that every model takes. */
    public static final List<String> ASPECT_RATIOS =
            List.of("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2");

    /** The longest clip of any model, in seconds. */
    public static final int LONGEST = 15;

    /** The length of a clip when none is asked for, in seconds. */
    public static final int USUAL_SECONDS = 8;

    /** Grok Imagine as first published, the only model that edits and extends. */
    public static final XaiModel CLASSIC = new XaiModel(
            "grok-imagine-video", prices("480p", 0.05, "720p", 0.07), 4096, true, 7, 10, false, false, false);

    /** The 1.5 model. */
    public static final XaiModel V1_5 = new XaiModel(
            "grok-imagine-video-1.5",
            prices("480p", 0.08, "720p", 0.14, "1080p", 0.25),
            4096,
            false,
            7,
            LONGEST,
            true,
            true,
            true);

    /** The cheaper 1.5 model, without reference images. */
    public static final XaiModel V1_5_LITE = new XaiModel(
            "grok-imagine-video-1.5-lite",
            prices("480p", 0.02, "720p", 0.03, "1080p", 0.14),
            4096,
            false,
            0,
            LONGEST,
            true,
            false,
            true);

    /** Checks and copies. */
    public XaiModel {
        if (id.isBlank() || pricePerSecond.isEmpty() || longestPrompt < 1) {
            throw new MoviolaException(
                    "a model must have a name, at least one resolution with its price, and a longest prompt of at least 1");
        }
        pricePerSecond = Collections.unmodifiableMap(new LinkedHashMap<>(pricePerSecond));
    }

    /** The models that are known, the default first. */
    public static List<XaiModel> all() {
        return List.of(CLASSIC, V1_5, V1_5_LITE);
    }

    /** The known model called {@code id}. */
    public static Optional<XaiModel> find(String id) {
        return all().stream().filter(m -> m.id.equals(id)).findFirst();
    }

    /** The resolutions that it makes, the cheapest first. */
    public List<String> resolutions() {
        return List.copyOf(pricePerSecond.keySet());
    }

    /**
     * The listed price of a clip.
     *
     * @throws MoviolaException if the model does not make that resolution
     */
    public Money price(String resolution, int seconds) {
        Money perSecond = pricePerSecond.get(resolution);
        if (perSecond == null) {
            throw new MoviolaException(
                    "resolution of " + id + " must be one of " + resolutions() + ", but was \"" + resolution + "\"");
        }
        return perSecond.times(seconds);
    }

    private static Map<String, Money> prices(Object... resolutionsAndDollars) {
        Map<String, Money> prices = new LinkedHashMap<>();
        for (int i = 0; i < resolutionsAndDollars.length; i += 2) {
            prices.put((String) resolutionsAndDollars[i], Money.dollars((Double) resolutionsAndDollars[i + 1]));
        }
        return prices;
    }
}
