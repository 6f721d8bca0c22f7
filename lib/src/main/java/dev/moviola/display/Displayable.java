package dev.moviola.display;

/** A value that knows how it wants to be shown. Wins over every {@link Renderer}. */
@FunctionalInterface
public interface Displayable {
    /** This value in each form that it can be shown in; asked for anew each time it is shown. */
    MimeBundle display();
}
