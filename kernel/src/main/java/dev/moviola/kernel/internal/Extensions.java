package dev.moviola.kernel.internal;

import dev.moviola.kernel.magic.Extension;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import dev.moviola.kernel.magic.internal.Magics;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes in what jars that joined a session name in {@code META-INF/services}, each class once. Renderers are found by the display package. */
final class Extensions {
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    void join(ClassLoader loader, Magics magics, MagicContext context) {
        magics.add(fresh(Magic.class, loader, context));
        for (Extension extension : fresh(Extension.class, loader, context)) {
            try {
                extension.install(context);
            } catch (Exception | LinkageError e) {
                context.err().println(extension.getClass().getName() + " could not be set up: " + e);
            }
        }
    }

    private <T> List<T> fresh(Class<T> service, ClassLoader loader, MagicContext context) {
        List<T> fresh = new ArrayList<>();
        List<ServiceLoader.Provider<T>> providers = new ArrayList<>();
        try {
            ServiceLoader.load(service, loader).stream().forEach(providers::add);
        } catch (ServiceConfigurationError e) {
            context.err().println(e.getMessage());
        }
        for (ServiceLoader.Provider<T> provider : providers) {
            Class<?> type = provider.type();
            // What the kernel brings along is there already.
            if (type.getClassLoader() != Extensions.class.getClassLoader()
                    && known.add(service.getName() + " " + type.getName())) {
                try {
                    fresh.add(provider.get());
                } catch (ServiceConfigurationError e) {
                    context.err().println(e.getMessage());
                }
            }
        }
        return fresh;
    }
}
