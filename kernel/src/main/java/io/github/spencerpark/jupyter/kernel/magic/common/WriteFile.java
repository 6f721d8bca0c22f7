package io.github.spencerpark.jupyter.kernel.magic.common;

/** Stands for IJava's class of this name, which notebooks register; {@code %%writefile} are there without it. */
public final class WriteFile {
    /** Something to register. */
    public WriteFile() {}
}
