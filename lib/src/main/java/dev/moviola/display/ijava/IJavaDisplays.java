package dev.moviola.display.ijava;

import dev.moviola.display.Display;
import dev.moviola.display.DisplayTarget;
import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.Renderer;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Base64;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Shows what this library shows in notebooks of the stock IJava kernel: tables, charts, pictures and clips.
 *
 * <p>In a cell, once: {@code dev.moviola.display.ijava.IJavaDisplays.join(getKernelInstance())}. Nothing else in this
 * library refers to this class, so that it runs where IJava is not there.
 */
public final class IJavaDisplays {
    private static final int MOST_FAULTS = 100;

    private IJavaDisplays() {}

    /** Lets {@code kernel} render what this library can render, and sends what it displays to the kernel's client. */
    public static void join(BaseKernel kernel) {
        register(kernel, Displayable.class);
        register(kernel, MimeBundle.class);
        @SuppressWarnings("rawtypes")
        Iterator<Renderer> renderers = ServiceLoader.load(Renderer.class, IJavaDisplays.class.getClassLoader())
                .iterator();
        for (int faults = 0; faults < MOST_FAULTS; faults++) {
            try {
                while (renderers.hasNext()) {
                    register(kernel, renderers.next().type());
                }
                break;
            } catch (ServiceConfigurationError | LinkageError e) {
                // A renderer for a library that is not on the class path has nothing to render.
                continue;
            }
        }
        Display.redirect(new Target(kernel));
    }

    private static <T> void register(BaseKernel kernel, Class<T> type) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring(MIMEType.ANY)
                .register((value, context) -> context.getOutputContainer().assign(data(Display.bundle(value))));
    }

    private static DisplayData data(MimeBundle bundle) {
        DisplayData data = new DisplayData();
        bundle.forms()
                .forEach((type, form) -> data.putData(
                        type, form instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : form));
        bundle.metadata().forEach(data::putMetaData);
        return data;
    }

    private record Target(BaseKernel kernel) implements DisplayTarget {
        @Override
        public void show(String id, MimeBundle bundle) {
            DisplayData data = data(bundle);
            data.setDisplayId(id);
            kernel.display(data);
        }

        @Override
        public void update(String id, MimeBundle bundle) {
            kernel.getIO().display.updateDisplay(id, data(bundle));
        }
    }
}
