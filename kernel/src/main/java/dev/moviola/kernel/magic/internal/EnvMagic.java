package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code %env}, {@code %env NAME} and {@code %env NAME=value}. */
public final class EnvMagic implements Magic {
    private static final Pattern SECRET =
            Pattern.compile("KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_URL = Pattern.compile("(://)[^/@\\s]+@");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_]\\w*)\\s*(?:=|\\s)\\s*(.*)", Pattern.DOTALL);

    @Override
    public Set<String> names() {
        return Set.of("env");
    }

    @Override
    public String summary() {
        return "shows environment variables, without secrets; NAME=value sets one for programs started from cells";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(context.environment());
        if (arguments.isEmpty()) {
            all.forEach((key, value) -> context.out().println(key + "=" + shown(key, value)));
            return null;
        }
        String value = all.get(arguments);
        if (value != null) {
            context.out().println(shown(arguments, value));
            return null;
        }
        Matcher setting = SETTING.matcher(arguments);
        if (!setting.matches()) {
            throw new MoviolaException("there is no environment variable " + arguments + "; %env NAME=value sets one");
        }
        context.environment().put(setting.group(1), setting.group(2));
        context.out()
                .println(setting.group(1) + "=" + shown(setting.group(1), setting.group(2))
                        + " for programs started from cells; a Java process cannot change its own");
        return null;
    }

    private static String shown(String name, String value) {
        return SECRET.matcher(name).find() ? "(hidden)" : IN_URL.matcher(value).replaceAll("$1(hidden)@");
    }
}
