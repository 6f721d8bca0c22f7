package io.github.spencerpark.jupyter.kernel;

import dev.moviola.display.Display;
import dev.moviola.kernel.Notebook;
import dev.moviola.kernel.magic.MagicContext;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import org.jspecify.annotations.Nullable;

/** What IJava's kernel offers to cells. It belongs to no session of its own: it acts on that of the calling cell. */
public abstract class BaseKernel {
    private final Renderer renderer = new Renderer();
    private final Magics magics = new Magics();

    /** A kernel. */
    protected BaseKernel() {}

    /** Where renderers are registered. */
    public Renderer getRenderer() {
        return renderer;
    }

    /** Where magics are registered. */
    public Magics getMagics() {
        return magics;
    }

    /** Shows something below the cell. */
    public void display(DisplayData data) {
        Display.show(data);
    }

    /**
     * Runs code as if it stood in the cell.
     *
     * @throws Exception what the code threw
     */
    public @Nullable Object evalRaw(String code) throws Exception {
        return Notebook.eval(code);
    }

    /**
     * Runs code as if it stood in the cell, and renders its value.
     *
     * @throws Exception what the code threw
     */
    public DisplayData eval(String code) throws Exception {
        return renderer.render(Notebook.eval(code));
    }

    /** The session of the calling cell. */
    protected static MagicContext context() {
        return Notebook.context();
    }
}
