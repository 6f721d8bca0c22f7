package io.github.spencerpark.jupyter.kernel.magic.common;

/** Stands for IJava's class of this name, which notebooks register; {@code %%html and its like} are there without it. */
public final class DisplayMagics {
    /** Something to register. */
    public DisplayMagics() {}
}
