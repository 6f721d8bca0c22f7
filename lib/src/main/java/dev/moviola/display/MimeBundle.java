package dev.moviola.display;

import dev.moviola.MoviolaException;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value in several forms, by media type. There is always a {@code text/plain} form.
 *
 * <p>A form is text ({@code String}), bytes ({@code byte[]}, for images, sound and video) or JSON (a tree of {@code
 * Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}). Byte arrays are shared, not copied: nobody may
 * write to them. Otherwise immutable.
 */
public final class MimeBundle {
    /** The form that is always there. */
    public static final String TEXT = "text/plain";

    /** A fragment of HTML. */
    public static final String HTML = "text/html";

    /** Markdown. */
    public static final String MARKDOWN = "text/markdown";

    /** A picture as PNG. */
    public static final String PNG = "image/png";

    /** A picture as JPEG. */
    public static final String JPEG = "image/jpeg";

    /** A picture as SVG text. */
    public static final String SVG = "image/svg+xml";

    /** A JSON tree. */
    public static final String JSON = "application/json";

    /** A video. */
    public static final String MP4 = "video/mp4";

    private static final int LARGEST_PNG = 60_000;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+/[a-z0-9.+_-]+", Pattern.CASE_INSENSITIVE);

    private final Map<String, Object> forms;
    private final Map<String, Map<String, Object>> metadata;

    private MimeBundle(Map<String, Object> forms, Map<String, Map<String, Object>> metadata) {
        this.forms = Collections.unmodifiableMap(forms);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /** A bundle of plain text alone. */
    public static MimeBundle text(String text) {
        Map<String, Object> forms = new LinkedHashMap<>();
        forms.put(TEXT, text);
        return new MimeBundle(forms, Map.of());
    }

    /** A fragment of HTML, and what stands for it where HTML cannot be shown. */
    public static MimeBundle html(String html, String text) {
        return text(text).with(HTML, html);
    }

    /** A PNG, and what stands for it in a terminal. */
    public static MimeBundle png(byte[] png, String text) {
        return text(text).with(PNG, png);
    }

    /**
     * A picture, and what stands for it in a terminal: a PNG with every pixel as it is, or a JPEG where the picture is
     * opaque, its PNG would be larger than 60,000 bytes, and the JPEG is less than half of that, as with photographs.
     */
    public static MimeBundle picture(BufferedImage picture, String text) {
        byte[] png = PictureBytes.png(picture);
        if (png.length > LARGEST_PNG && !picture.getColorModel().hasAlpha()) {
            byte[] jpeg = PictureBytes.jpeg(picture);
            if (2 * jpeg.length < png.length) {
                return text(text).with(JPEG, jpeg);
            }
        }
        return png(png, text);
    }

    /**
     * A bundle of the given forms.
     *
     * @param forms media type to text, bytes or JSON tree; must hold {@code text/plain}
     */
    public static MimeBundle of(Map<String, ?> forms) {
        if (!(forms.get(TEXT) instanceof String text)) {
            throw new MoviolaException(
                    "a bundle must have a " + TEXT + " form that is text, but it has " + forms.keySet());
        }
        MimeBundle bundle = text(text);
        for (Map.Entry<String, ?> form : forms.entrySet()) {
            bundle = bundle.with(form.getKey(), form.getValue());
        }
        return bundle;
    }

    /** This bundle with one form more, or another one in its place. */
    public MimeBundle with(String mediaType, Object form) {
        if (!TYPE.matcher(mediaType).matches()) {
            throw new MoviolaException("a media type must look like text/html, but was \"" + mediaType + "\"");
        }
        boolean usable = mediaType.equals(TEXT)
                ? form instanceof String
                : form instanceof String
                        || form instanceof byte[]
                        || form instanceof Map<?, ?>
                        || form instanceof Iterable<?>
                        || form instanceof Number
                        || form instanceof Boolean;
        if (!usable) {
            throw new MoviolaException("the " + mediaType + " form must be text"
                    + (mediaType.equals(TEXT) ? "" : ", bytes or a JSON tree") + ", but was a "
                    + form.getClass().getName());
        }
        Map<String, Object> copy = new LinkedHashMap<>(forms);
        copy.put(mediaType, form);
        return new MimeBundle(copy, metadata);
    }

    /** This bundle with the size, in CSS pixels, at which its picture is to be shown. */
    public MimeBundle sized(String mediaType, int width, int height) {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>(metadata);
        copy.put(mediaType, Map.of("width", width, "height", height));
        return new MimeBundle(forms, copy);
    }

    /** The plain text. */
    public String plain() {
        return (String) forms.getOrDefault(TEXT, "");
    }

    /** The form of that media type, if there is one. */
    public Optional<Object> form(String mediaType) {
        return Optional.ofNullable(forms.get(mediaType));
    }

    /** The form of that media type as text, if there is one and it is text. */
    public Optional<String> textForm(String mediaType) {
        return forms.get(mediaType) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The form of that media type as bytes, if there is one and it is bytes. */
    public Optional<byte[]> bytesForm(String mediaType) {
        return forms.get(mediaType) instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    /** The media types, {@code text/plain} first. */
    public Set<String> mediaTypes() {
        return forms.keySet();
    }

    /** Media type to form. */
    public Map<String, Object> forms() {
        return forms;
    }

    /** Media type to what a client should know of that form, such as {@code width} and {@code height}. */
    public Map<String, Map<String, Object>> metadata() {
        return metadata;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof MimeBundle that)
                || !metadata.equals(that.metadata)
                || !forms.keySet().equals(that.forms.keySet())) {
            return false;
        }
        return forms.entrySet().stream().allMatch(form -> {
            Object theirs = that.forms.get(form.getKey());
            return form.getValue() instanceof byte[] mine
                    ? theirs instanceof byte[] bytes && java.util.Arrays.equals(mine, bytes)
                    : form.getValue().equals(theirs);
        });
    }

    @Override
    public int hashCode() {
        return forms.keySet().hashCode() * 31 + plain().hashCode();
    }

    @Override
    public String toString() {
        return plain();
    }
}
