package dev.moviola.dispatch;

/** How a {@link DevicePool} picks among devices that have a free slot. */
public enum Assignment {
    /** One after the other. */
    ROUND_ROBIN,
    /** By a seeded draw. */
    RANDOM,
    /** The one with the smallest share of its slots in use, the earlier one where they are equal. */
    LEAST_LOADED
}
