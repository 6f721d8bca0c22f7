package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import java.nio.file.Path;
import java.util.List;

/** The kernel, for notebooks that were written for IJava. */
public final class JavaKernel extends BaseKernel {
    JavaKernel() {}

    /** Makes a jar or a folder of classes visible to the code of the session. */
    public void addToClasspath(String entry) {
        context().addToClassPath(List.of(Path.of(entry)));
    }
}
