package dev.moviola.xai.internal;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** An image or a clip that goes with a request: an address, a file that the service holds, or a file of ours. */
public sealed interface Media {
    /** What is sent as it is. */
    record Given(Map<String, ?> reference) implements Media {}

    /** A file that is sent inside the request. */
    record Local(Path file, String mediaType) implements Media {}

    /** The largest file that is sent inside a request. */
    long LARGEST = 50L << 20;

    /**
     * Reads a parameter: text is an https address, a data URI or a file of ours; an object is sent as it is.
     *
     * @throws MoviolaException if it is neither, or the file is missing, too large or of an unknown kind
     */
    static Media of(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            Object url = map.get("url");
            if (url == null && map.get("file_id") == null) {
                throw new MoviolaException(name + " must have url or file_id, but had " + map.keySet());
            }
            return url == null ? new Given(Map.of("file_id", String.valueOf(map.get("file_id")))) : of(name, url);
        }
        String text = value.toString();
        if (text.startsWith("https://") || text.startsWith("data:")) {
            return new Given(Map.of("url", text));
        }
        String shown = text.length() <= 120 ? text : text.substring(0, 120) + "…";
        if (text.startsWith("http://")) {
            throw new MoviolaException(name + " must be an https address, a data URI or a file, but was " + shown);
        }
        try {
            return file(name, Path.of(text));
        } catch (InvalidPathException e) {
            throw new MoviolaException(name + " must be an https address, a data URI or a file, but was " + shown, e);
        }
    }

    /**
     * A file of ours.
     *
     * @throws MoviolaException if it is missing, too large or of an unknown kind
     */
    static Media file(String name, Path file) {
        String type = mediaType(file);
        if (type.isEmpty()) {
            throw new MoviolaException(name + " must be a png, jpg, webp or mp4 file, but was " + file);
        }
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new MoviolaException(
                        name + " must have at most " + LARGEST + " bytes, but " + file + " has " + size);
            }
        } catch (IOException e) {
            throw new MoviolaException(name + " cannot be read: " + file, e);
        }
        return new Local(file, type);
    }

    /** The JSON value of the field. Reads the file, if it is one. */
    default Map<String, ?> json() throws IOException {
        if (this instanceof Given given) {
            return given.reference();
        }
        Local local = (Local) this;
        byte[] bytes = Files.readAllBytes(local.file());
        return Map.of(
                "url",
                "data:" + local.mediaType() + ";base64," + Base64.getEncoder().encodeToString(bytes));
    }

    private static String mediaType(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "webp" -> "image/webp";
            case "mp4" -> "video/mp4";
            default -> "";
        };
    }
}
