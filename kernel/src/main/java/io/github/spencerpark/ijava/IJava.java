package io.github.spencerpark.ijava;

/** The running kernel, for notebooks that were written for IJava. */
public final class IJava {
    /** The version of IJava whose classes these stand for. */
    public static final String VERSION = "1.3.0";

    private static final JavaKernel KERNEL = new JavaKernel();

    private IJava() {}

    /** The kernel of the calling cell. */
    public static JavaKernel getKernelInstance() {
        return KERNEL;
    }
}
