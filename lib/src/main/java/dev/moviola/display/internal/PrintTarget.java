package dev.moviola.display.internal;

import dev.moviola.display.DisplayTarget;
import dev.moviola.display.MimeBundle;

/** Prints the plain text. An update is printed again, below, because a pipe cannot be taken back. */
public final class PrintTarget implements DisplayTarget {
    @Override
    public void show(String id, MimeBundle bundle) {
        System.out.println(bundle.plain());
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        System.out.println(bundle.plain());
    }

    @Override
    public boolean isLive() {
        return false;
    }
}
