package io.github.spencerpark.jupyter.kernel.magic.common;

/** Stands for IJava's class of this name, which notebooks register; {@code %load} are there without it. */
public final class Load {
    /** Something to register. */
    public Load() {}
}
