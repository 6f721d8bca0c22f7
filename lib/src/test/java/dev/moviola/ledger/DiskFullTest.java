package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for real: a file system of two megabytes, in a name space that ends with the child process. */
class DiskFullTest {
    @TempDir
    Path folder;

    /** Fills the disk with jobs, makes room, and goes on; ends with an exception when the ledger does not hold. */
    static final class Scenario {
        private static final Parameters LONG = Parameters.of("text", "x".repeat(20_000));
        private static final int LAST = 100_000;

        private final Path file;
        private final List<Path> ballast;
        private int acknowledged;

        private Scenario(Path disk) {
            this.file = disk.resolve("ledger.db");
            this.ballast = new ArrayList<>(List.of(disk.resolve("one"), disk.resolve("two")));
        }

        public static void main(String[] arguments) throws Exception {
            new Scenario(Path.of(arguments[0])).play();
            System.out.println("held");
        }

        private static Job job(int number) {
            return Job.generate(Parameters.of("seed", number), LONG);
        }

        private void play() throws Exception {
            for (Path weight : ballast) {
                Files.write(weight, new byte[400_000]);
            }
            Ledger ledger = Ledger.open(file);
            ledger.add(List.of(LedgerContract.job(1))).join();
            String open = ledger.intend(List.of(LedgerContract.job(1).key()), "xai", null, LedgerContract.PRICE)
                    .join()
                    .id();
            fill(ledger);
            groupFailsAsAWhole(ledger);
            assertThat(ledger.tally().total()).isEqualTo(acknowledged + 1);
            LedgerAudit.check(ledger);
            makeRoom();
            ledger.accept(open, "external").join();
            ledger.succeed(open, List.of(LedgerContract.clip(LedgerContract.job(1))), null)
                    .join();
            LedgerAudit.check(ledger);
            fill(ledger);
            ledger.close();
            assertThatThrownBy(() -> ledger.add(List.of(job(LAST))).get(10, TimeUnit.SECONDS))
                    .hasMessageContaining("closed");
            opensAgain();
        }

        private void fill(Ledger ledger) {
            for (int number = acknowledged + 2; number < LAST; number++) {
                try {
                    ledger.add(List.of(job(number))).join();
                    acknowledged++;
                } catch (CompletionException e) {
                    assertThat(e.getCause())
                            .isInstanceOf(LedgerException.class)
                            .hasMessageContainingAll(file.toString(), "full", "room");
                    return;
                }
            }
            throw new AssertionError("the disk did not become full");
        }

        private void groupFailsAsAWhole(Ledger ledger) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                futures.add(ledger.add(List.of(job(LAST + i))));
            }
            long made = 0;
            for (CompletableFuture<Integer> future : futures) {
                made += future.handle((added, why) -> why == null ? added : 0).join();
            }
            assertThat(made).isLessThan(200);
            acknowledged += (int) made;
        }

        private void opensAgain() throws Exception {
            assertThat(Files.getFileStore(file).getTotalSpace()).isLessThan(3_000_000);
            makeRoom();
            try (Ledger ledger = Ledger.open(file)) {
                assertThat(ledger.tally().total()).isEqualTo(acknowledged + 1);
                LedgerAudit.check(ledger);
                assertThat(ledger.add(List.of(job(2 * LAST))).join()).isEqualTo(1);
                LedgerAudit.check(ledger);
            }
        }

        private void makeRoom() throws Exception {
            Files.delete(ballast.remove(0));
        }
    }

    @Test
    void aFullDiskFailsTheWritesAndHarmsNothing() throws Exception {
        Optional<List<String>> small = smallDisk();
        if (System.getenv("CI") != null) {
            assertThat(small)
                    .as("a way to mount a small file system (root, or user name spaces)")
                    .isPresent();
        }
        assumeTrue(small.isPresent(), "NOT TESTED: a full disk; neither root nor user name spaces can mount one here");
        try (ChildJvm child = ChildJvm.start(small.get(), Scenario.class, folder.toString())) {
            assertThat(child.rest()).containsExactly("held");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** A command that runs another one with a small file system on {@link #folder}. */
    private Optional<List<String>> smallDisk() throws Exception {
        String mount = "mount -t tmpfs -o size=2m moviola-test \"$0\" && exec \"$@\"";
        for (List<String> space :
                List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"), List.of("sudo", "-n", "unshare", "-m"))) {
            if (space.get(0).equals("sudo") && System.getenv("CI") == null) {
                continue;
            }
            List<String> under = new ArrayList<>(space);
            under.addAll(List.of("sh", "-c", mount, folder.toString()));
            List<String> probe = new ArrayList<>(under);
            probe.add("true");
            if (succeeds(probe)) {
                return Optional.of(under);
            }
        }
        return Optional.empty();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
