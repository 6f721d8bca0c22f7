package dev.moviola.ledger.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShelvesTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    Path root;

    @Test
    void aShelfIsMadeOnce() throws Exception {
        Path shelf = root.resolve("clips/ab");
        try (Shelves shelves = new Shelves(root)) {
            shelves.make(shelf);
            shelves.flush(shelf);
            shelves.make(shelf);
            shelves.flush(shelf);
        }
        assertThat(shelf).isEmptyDirectory();
    }

    @Test
    void anInterruptBreaksOffNoFlushAndIsNotLost() throws Exception {
        Path shelf = Files.createDirectories(root.resolve("clips/ab"));
        try (Shelves shelves = new Shelves(root)) {
            shelves.flush(shelf);
            Thread.currentThread().interrupt();
            shelves.flush(shelf);

            assertThat(Thread.interrupted()).isTrue();
            shelves.flush(shelf);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void manyThreadsFlushWhileSomeAreInterrupted() throws Exception {
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(Files.createDirectories(root.resolve("clips/" + i)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Shelves shelves = new Shelves(root)) {
            List<Future<?>> flushes = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                flushes.add(threads.submit(() -> {
                    if (ThreadLocalRandom.current().nextInt(4) == 0) {
                        Thread.currentThread().interrupt();
                    }
                    shelves.flush(all.get(ThreadLocalRandom.current().nextInt(all.size())));
                    Thread.interrupted();
                }));
            }
            for (Future<?> flush : flushes) {
                flush.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(open()).isZero();
    }

    @Test
    void noFolderStaysOpenOnceTheyAreClosed() throws Exception {
        Path shelf = Files.createDirectories(root.resolve("clips/ab"));
        Shelves shelves = new Shelves(root);
        shelves.flush(shelf);
        assertThat(open()).isEqualTo(3);

        shelves.close();

        assertThat(open()).isZero();
    }

    private long open() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "NOT TESTED: open files can be counted on Linux alone");
        Path real = root.toRealPath();
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(file -> target(file).startsWith(real)).count();
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException closedMeanwhile) {
            return link;
        }
    }
}
