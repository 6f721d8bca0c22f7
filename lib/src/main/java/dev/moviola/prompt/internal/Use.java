package dev.moviola.prompt.internal;

/** A modifier by the numbers of its pool and of its place in the pool. */
record Use(int pool, int modifier) {}
