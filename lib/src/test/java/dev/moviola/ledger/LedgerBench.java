package dev.moviola.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures a ledger file, by hand: {@code LedgerBench <folder> lives <jobs>} for whole lives of jobs, a thousand at a
 * time, and {@code LedgerBench <folder> reads <jobs>} for the reads of a large run of which nine tenths wait for others.
 */
final class LedgerBench {
    private static final int AT_A_TIME = 1_000;
    private static final int BATCH = 1_000;
    private static final int REPEATS = 25;

    private LedgerBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "bench");
        int jobs = Integer.parseInt(arguments[2]);
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"))) {
            if (arguments[1].equals("lives")) {
                lives(ledger, jobs);
            } else {
                reads(ledger, jobs);
            }
        }
        System.out.printf("file        %,d bytes%n", Files.size(folder.resolve("ledger.db")));
    }

    private static void lives(Ledger ledger, int count) {
        List<Job> jobs = add(ledger, count, false);
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            workers.add(live(ledger, jobs, next));
        }
        CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).join();
        report("lives", count, start);
        if (ledger.tally().count(JobState.DONE) != count) {
            throw new AssertionError("not all jobs are done: " + ledger.tally());
        }
    }

    private static CompletableFuture<Void> live(Ledger ledger, List<Job> jobs, AtomicInteger next) {
        int number = next.getAndIncrement();
        if (number >= jobs.size()) {
            return CompletableFuture.completedFuture(null);
        }
        Job job = jobs.get(number);
        return ledger.intend(List.of(job.key()), "bench", null, LedgerContract.PRICE)
                .thenCompose(made -> ledger.accept(made.id(), "external")
                        .thenCompose(done -> ledger.succeed(made.id(), List.of(LedgerContract.clip(job)), null)))
                .thenCompose(done -> live(ledger, jobs, next));
    }

    private static void reads(Ledger ledger, int count) {
        List<Job> jobs = add(ledger, count, true);
        measure("tally", ledger::tally);
        measure("ready 100", () -> ledger.ready(0, 100));
        measure("ready last", () -> ledger.ready(count - 20, 100));
        measure("jobs 100", () -> ledger.jobs(List.of(JobState.READY), count / 2, 100));
        measure("open", ledger::open);
        Job first = jobs.get(0);
        String id = ledger.intend(List.of(first.key()), "bench", null, LedgerContract.PRICE)
                .join()
                .id();
        ledger.accept(id, "external").join();
        long start = System.nanoTime();
        ledger.succeed(id, List.of(LedgerContract.clip(first)), null).join();
        System.out.printf(
                "the end of a job for which %,d wait: %.1f ms%n", count / 10, (System.nanoTime() - start) / 1e6);
    }

    /** With {@code waiting}, the first tenth waits for nothing, a tenth for the first job, the others for the second. */
    private static List<Job> add(Ledger ledger, int count, boolean waiting) {
        List<Job> jobs = new ArrayList<>(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Job job = LedgerContract.job(i);
            if (waiting && i >= count / 10) {
                job = job.after(List.of(jobs.get(i < count / 5 ? 0 : 1).key()));
            }
            jobs.add(job);
            if (jobs.size() % BATCH == 0) {
                ledger.add(jobs.subList(jobs.size() - BATCH, jobs.size())).join();
            }
        }
        report("added", count, start);
        return jobs;
    }

    private static void measure(String what, Runnable read) {
        double[] millis = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            read.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%-11s median %.3f ms, longest %.3f ms%n", what, millis[REPEATS / 2], millis[REPEATS - 1]);
    }

    private static void report(String what, int count, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-11s %,d jobs in %.2f s: %,.0f jobs/s%n", what, count, seconds, count / seconds);
    }
}
