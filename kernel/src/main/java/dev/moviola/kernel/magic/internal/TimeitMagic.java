package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import dev.moviola.kernel.magic.TimedBody;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** {@code %timeit code} and {@code %%timeit}: compiles once, runs often. */
public final class TimeitMagic implements Magic {
    private static final Pattern OPTION = Pattern.compile("-([nr])[ \\t]*(\\d{1,9})(?:\\s+|$)");
    private static final int RUNS = 7;
    private static final long RUN_NANOS = 100_000_000;

    /** What a measured body gave last; written so that its computation has a use. */
    private volatile @Nullable Object sink;

    @Override
    public Set<String> names() {
        return Set.of("timeit");
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "measures code over many runs: [-n LOOPS] [-r RUNS]";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        long loops = 0;
        int runs = RUNS;
        String rest = arguments;
        Matcher option = OPTION.matcher(rest);
        while (option.lookingAt()) {
            int value = Integer.parseInt(option.group(2));
            if (value < 1) {
                throw new MoviolaException("-" + option.group(1) + " must be at least 1, but was " + value);
            }
            if (option.group(1).equals("n")) {
                loops = value;
            } else {
                runs = value;
            }
            rest = rest.substring(option.end());
            option = OPTION.matcher(rest);
        }
        TimedBody timed = compile(body == null ? rest : rest + "\n" + body, context);
        if (loops == 0) {
            loops = calibrate(timed);
        }
        double[] nanos = new double[runs];
        for (int i = 0; i < runs; i++) {
            nanos[i] = (double) measure(timed, loops) / loops;
        }
        double mean = DoubleStream.of(nanos).average().orElse(0);
        double deviation = Math.sqrt(
                DoubleStream.of(nanos).map(x -> (x - mean) * (x - mean)).sum() / runs);
        context.out()
                .printf(
                        Locale.ROOT,
                        "%s ± %s per loop (mean ± standard deviation of %d runs of %,d loops)%n",
                        Durations.text(mean),
                        Durations.text(deviation),
                        runs,
                        loops);
        return null;
    }

    private static TimedBody compile(String code, MagicContext context) throws Exception {
        String type = "(" + TimedBody.class.getName() + ") ";
        String stripped = code.stripTrailing();
        boolean statement = stripped.endsWith(";") || stripped.endsWith("}");
        String expression = type + "() -> ("
                + (stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped) + "\n)";
        String statements = type + "() -> {" + stripped + (statement ? "" : ";") + "\n return null; }";
        Object compiled;
        try {
            compiled = context.eval(expression);
        } catch (MoviolaException noExpression) {
            compiled = context.eval(statements);
        }
        if (compiled instanceof TimedBody timed) {
            return timed;
        }
        throw new MoviolaException("there must be code to measure, in the lines below %%timeit or behind %timeit");
    }

    private long calibrate(TimedBody body) throws Exception {
        long loops = 1;
        while (true) {
            long nanos = measure(body, loops);
            if (nanos >= RUN_NANOS || loops >= 1_000_000_000) {
                return loops;
            }
            loops = nanos < RUN_NANOS / 10
                    ? loops * 10
                    : Math.max(loops + 1, loops * RUN_NANOS / Math.max(1, nanos) + 1);
        }
    }

    private long measure(TimedBody body, long loops) throws Exception {
        Object last = null;
        long start = System.nanoTime();
        try {
            for (long i = 0; i < loops; i++) {
                last = body.run();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new MoviolaException("the measured code threw " + e, e);
        }
        long nanos = System.nanoTime() - start;
        sink = last;
        sink = null;
        return nanos;
    }
}
