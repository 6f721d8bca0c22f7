package dev.moviola.defect;

/**
 * One thing that a tracked object did and that nothing in the picture explains.
 *
 * @param kind {@code fell_up}, {@code stopped}, {@code sped_up} or {@code vanished}
 * @param seconds when, from the start of the clip
 * @param x where, as a share of the width, 0..1 from the left
 * @param y where, as a share of the height, 0..1 from the top
 * @param strength how strong the sign is, 0..1
 * @param text one sentence for a reader
 */
public record PhysicsFinding(String kind, double seconds, double x, double y, double strength, String text) {}
