package io.github.spencerpark.jupyter.kernel.magic.common;

/** Stands for IJava's class of this name, which notebooks register; {@code %sh and its like} are there without it. */
public final class Shell {
    /** Something to register. */
    public Shell() {}
}
