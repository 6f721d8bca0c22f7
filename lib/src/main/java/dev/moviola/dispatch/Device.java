package dev.moviola.dispatch;

import dev.moviola.MoviolaException;

/**
 * Something that serves submissions, usually a GPU.
 *
 * @param id what the backend knows it by, such as the index that {@code nvidia-smi} gives; not blank
 * @param slots how many submissions it serves at a time, at least 1
 */
public record Device(String id, int slots) {
    /** Checks the values. */
    public Device {
        if (id.isBlank()) {
            throw new MoviolaException("a device needs an id, but it was blank");
        }
        if (slots < 1) {
            throw new MoviolaException("device " + id + " must have at least 1 slot, but had " + slots);
        }
    }
}
