package dev.moviola.kernel.internal;

import dev.moviola.MoviolaException;
import dev.moviola.display.Answerer;
import dev.moviola.display.PageLine;
import dev.moviola.kernel.comm.Comm;
import dev.moviola.kernel.comm.Comms;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pages of shown values ask for more over comms of their own. The latest {@value #KEPT} values can be asked. Safe
 * for use by many threads.
 */
final class PageLines {
    /** The name under which pages open their comms. */
    static final String TARGET = "dev.moviola.display";

    private static final int KEPT = 200;

    private final Map<String, Answerer> answerers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answerer> eldest) {
            return size() > KEPT;
        }
    };
    private volatile @Nullable String kernel;

    PageLines(Comms comms) {
        comms.register(TARGET, this::opened);
    }

    /** Says under which id Jupyter's server knows this kernel; before, pages cannot ask. */
    void knownAs(String id) {
        kernel = id;
    }

    Optional<PageLine> add(Answerer answerer) {
        String known = kernel;
        if (known == null) {
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        synchronized (answerers) {
            answerers.put(id, answerer);
        }
        return Optional.of(new PageLine(known, TARGET, id));
    }

    private void opened(Comm comm, Map<String, Object> data) {
        Answerer answerer;
        synchronized (answerers) {
            answerer = data.get("id") instanceof String id ? answerers.get(id) : null;
        }
        if (answerer == null) {
            comm.close();
        } else {
            comm.onMessage(asked -> comm.send(answer(answerer, asked)));
        }
    }

    private static Map<String, Object> answer(Answerer answerer, Map<String, Object> asked) {
        Map<String, Object> answer = new HashMap<>();
        try {
            answer.put(
                    "answer",
                    answerer.answer(asked.get("question") instanceof Map<?, ?> tree ? texts(tree) : Map.of()));
        } catch (MoviolaException e) {
            answer.put("refused", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            answer.put("refused", "the kernel could not answer: " + e);
        }
        return answer;
    }

    private static Map<String, Object> texts(Map<?, ?> tree) {
        Map<String, Object> texts = new HashMap<>();
        tree.forEach((name, value) -> texts.put(String.valueOf(name), value));
        return texts;
    }
}
