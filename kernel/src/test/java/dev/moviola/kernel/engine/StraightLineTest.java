package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StraightLineTest {
    static class Plain {
        static int x;

        static Object run() {
            long wide = 1L << 40;
            x = 1 + 1;
            return wide + x;
        }
    }

    static class Looping {
        static void run() {
            while (true) {}
        }
    }

    static class Deciding {
        static int run(int x) {
            return x > 0 ? 1 : 2;
        }
    }

    static class Recursive {
        static void run() {
            run();
        }
    }

    static class Exiting {
        static void run() {
            System.exit(1);
        }
    }

    static class WithLambda {
        static Runnable run() {
            return () -> {};
        }
    }

    @Test
    void codeThatNeitherJumpsNorCallsIsLeftAsItIs() throws IOException {
        assertThat(StraightLine.is(bytes(Plain.class))).isTrue();
        assertThat(StopWeaver.weave(bytes(Plain.class))).isEqualTo(bytes(Plain.class));
    }

    @Test
    void codeThatMightNotEndGetsItsChecks() throws IOException {
        for (Class<?> type :
                new Class<?>[] {Looping.class, Deciding.class, Recursive.class, Exiting.class, WithLambda.class}) {
            assertThat(StraightLine.is(bytes(type))).as(type.getSimpleName()).isFalse();
        }
    }

    @Test
    void whatIsNoClassIsNotJudged() {
        assertThat(StraightLine.is(new byte[] {1, 2, 3})).isFalse();
        assertThat(StraightLine.is(new byte[64])).isFalse();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }
}
