package dev.moviola.display.internal;

import dev.moviola.display.Display;
import dev.moviola.display.DisplayTarget;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.Progress;
import dev.moviola.display.ProgressSink;
import java.util.UUID;

/** Progress as one display; where an update cannot take the place of what was shown, only now and then. */
public final class DisplayedProgress implements ProgressSink {
    private static final long SPARSE_NANOS = 10_000_000_000L;

    private final DisplayTarget target = Display.target();
    private final String id = UUID.randomUUID().toString();
    private boolean begun;
    private long last;

    @Override
    public void show(Progress progress) {
        long now = System.nanoTime();
        if (!begun || target.isLive() || now - last >= SPARSE_NANOS) {
            last = now;
            put(progress.display());
        }
    }

    @Override
    public void end(Progress progress, String sentence) {
        String html = ProgressHtml.of(progress, sentence);
        put(MimeBundle.html(html, progress.title().isEmpty() ? sentence : progress.line() + "\n" + sentence));
    }

    private void put(MimeBundle bundle) {
        if (begun) {
            target.update(id, bundle);
        } else {
            begun = true;
            target.show(id, bundle);
        }
    }
}
