package dev.moviola.xai.internal;

import dev.moviola.backend.InputFile;
import dev.moviola.ledger.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of a request, with the files that it carries. */
public final class JobBody {
    private JobBody() {}

    /**
     * The body of {@code request}.
     *
     * @param user the name under which the service may find it again in its logs
     * @param inputs clips of earlier jobs; the first is the source of an edit or extension that names none
     * @throws IOException if a file cannot be read
     * @throws dev.moviola.MoviolaException if an input is not acceptable
     */
    public static Parameters of(JobRequest request, String user, List<InputFile> inputs) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>(request.fields());
        for (Map.Entry<String, Object> entry : request.media().entrySet()) {
            body.put(entry.getKey(), json(entry.getValue()));
        }
        if (request.kind() != JobRequest.Kind.GENERATE && !body.containsKey("video")) {
            body.put("video", Media.file("video", inputs.get(0).path()).json());
        }
        body.put("user", user);
        return Parameters.of(body);
    }

    private static Object json(Object media) throws IOException {
        if (media instanceof Media one) {
            return one.json();
        }
        if (media instanceof JobRequest.Keyframe keyframe) {
            return Map.of("image", keyframe.image().json(), "timestamp_s", keyframe.seconds());
        }
        List<Object> list = new ArrayList<>();
        for (Object item : (List<?>) media) {
            list.add(json(item));
        }
        return list;
    }
}
