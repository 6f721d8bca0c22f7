package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever is asked of a ledger, it answers the same in a file and in memory. */
class StorageParityTest {
    private static final int JOBS = 6;

    /** Jobs of one group at the even numbers; the last two wait for others. */
    private static final List<Job> POOL = pool();

    private static final List<Failure> FAILURES = List.of(
            LedgerContract.REFUSED,
            LedgerContract.SILENT,
            new Failure(FailureCategory.RATE, Billed.YES, "429", "slow", java.time.Duration.ofMillis(20)));

    private static List<Job> pool() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            Job job = LedgerContract.job(i);
            jobs.add(i % 2 == 0 ? job.inGroup("even") : job);
        }
        jobs.set(4, jobs.get(4).after(List.of(jobs.get(0).key(), jobs.get(1).key())));
        jobs.set(5, jobs.get(5).after(List.of(jobs.get(4).key(), jobs.get(4).key())));
        return List.copyOf(jobs);
    }

    private enum Verb {
        ADD,
        INTEND,
        BEGIN,
        ACCEPT,
        LOSE,
        SUCCEED,
        CONCLUDE,
        FAIL,
        CANCEL,
        REOPEN,
        ABANDON,
        SCORE,
        NOTE
    }

    /** One call: which jobs, which submission (counted from the newest), and what else varies. */
    private record Step(Verb verb, List<Integer> jobs, int back, int choice) {}

    /** A ledger and what it answered, with the ids of its submissions replaced by their numbers. */
    private static final class Player {
        private final Ledger ledger;
        private final List<String> submissions = new ArrayList<>();

        private Player(Ledger ledger) {
            this.ledger = ledger;
        }

        private String play(Step step) {
            try {
                Object result = call(step).join();
                if (result instanceof Submission made) {
                    submissions.add(made.id());
                }
                return named(String.valueOf(result instanceof Submission made ? timeless(made) : result));
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(LedgerException.class);
                return named("refused: " + e.getCause().getMessage());
            }
        }

        private CompletableFuture<?> call(Step step) {
            List<Job> jobs = step.jobs().stream().map(POOL::get).toList();
            List<JobKey> keys = jobs.stream().map(Job::key).toList();
            List<JobRecord> ready = ledger.ready(0, JOBS);
            if (step.verb() == Verb.INTEND && step.choice() % 4 > 0 && !ready.isEmpty()) {
                keys = List.of(ready.get(step.choice() % ready.size()).job().key());
            }
            Failure why = FAILURES.get(step.choice() % FAILURES.size());
            boolean again = step.choice() % 2 == 0;
            Money charged = step.choice() % 3 == 0 ? new Money(step.choice()) : null;
            List<String> ids = step.choice() % 4 > 0
                    ? ledger.open().stream().map(Submission::id).toList()
                    : submissions;
            String id = step.back() < ids.size() ? ids.get(ids.size() - 1 - step.back()) : "no-such-submission";
            return switch (step.verb()) {
                case ADD -> ledger.add(jobs);
                case INTEND -> ledger.intend(keys, "xai", again ? "gpu0" : null, LedgerContract.PRICE);
                case BEGIN ->
                    jobs.isEmpty() ? ledger.add(jobs) : ledger.begin(jobs.get(0), "study", LedgerContract.PRICE);
                case ACCEPT -> ledger.accept(id, "external-" + step.choice());
                case LOSE -> ledger.lose(id, why);
                case SUCCEED -> ledger.succeed(id, artefacts(id, jobs, again), charged);
                case CONCLUDE -> ledger.conclude(id, "value", Parameters.of("choice", step.choice()));
                case FAIL -> ledger.fail(id, why, charged, again);
                case CANCEL -> ledger.cancel(id, why, again);
                case REOPEN -> ledger.reopen(keys);
                case ABANDON -> ledger.abandon(keys, why);
                case SCORE ->
                    ledger.score(keys.stream()
                            .map(key -> new Score(key, "s", "warp", again ? Double.NaN : step.choice(), "plain 1"))
                            .toList());
                case NOTE ->
                    ledger.note(
                            again ? null : keys.isEmpty() ? null : keys.get(0),
                            "trial",
                            Parameters.of("choice", step.choice()));
            };
        }

        private List<Artefact> artefacts(String id, List<Job> others, boolean fitting) {
            if (!fitting) {
                return others.stream().map(LedgerContract::clip).toList();
            }
            return ledger.submission(id).map(Submission::jobs).orElse(List.of()).stream()
                    .map(key -> POOL.stream()
                            .filter(job -> job.key().equals(key))
                            .findFirst()
                            .orElseThrow())
                    .map(LedgerContract::clip)
                    .toList();
        }

        private List<String> state() {
            List<Object> all = new ArrayList<>();
            ledger.eachJob(all::add);
            ledger.eachSubmission(made -> all.add(timeless(made)));
            POOL.forEach(job -> all.add(
                    ledger.submissions(job.key()).stream().map(Submission::id).toList()));
            all.add(ledger.ready(1, 3).stream().map(JobRecord::sequence).toList());
            all.add(ledger.jobs(List.of(JobState.DONE, JobState.READY), 0, 4));
            all.add(ledger.open().stream().map(Submission::id).toList());
            all.add(ledger.scores());
            ledger.notes("trial").forEach(note -> all.add(note.job() + " " + note.content()));
            Tally tally = ledger.tally();
            all.add(new TreeMap<>(tally.jobs()) + " " + new TreeMap<>(tally.submissions()) + " " + tally.paid() + " "
                    + tally.spent());
            return all.stream().map(one -> named(one.toString())).toList();
        }

        private String named(String text) {
            String named = text;
            for (int i = 0; i < submissions.size(); i++) {
                named = named.replace(submissions.get(i), "#" + i);
            }
            return named;
        }

        private static List<Object> timeless(Submission made) {
            return List.of(
                    made.id(),
                    made.jobs(),
                    made.attempt(),
                    made.backend(),
                    String.valueOf(made.device()),
                    made.state(),
                    String.valueOf(made.externalId()),
                    made.price(),
                    String.valueOf(made.charged()),
                    String.valueOf(made.failure()),
                    made.accepted() != null,
                    made.ended() != null);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Verb> verb = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(Verb.INTEND)),
                Tuple.of(9, Arbitraries.of(Verb.ACCEPT, Verb.SUCCEED)),
                Tuple.of(5, Arbitraries.of(Verb.values())));
        Arbitrary<List<Integer>> jobs =
                Arbitraries.integers().between(0, JOBS - 1).list().ofMinSize(0).ofMaxSize(3);
        Arbitrary<Integer> back = Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(2, 1), Tuple.of(1, 3));
        Arbitrary<Step> step = Combinators.combine(
                        verb, jobs, back, Arbitraries.integers().between(0, 12))
                .as(Step::new);
        return step.list().ofMinSize(5).ofMaxSize(40);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void aFileAndMemoryAnswerTheSame(@ForAll("steps") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("parity");
        Path file = folder.resolve("ledger.db");
        try (Ledger memory = Ledger.inMemory();
                Ledger disk = Ledger.open(file)) {
            Player one = new Player(memory);
            Player two = new Player(disk);
            Step first = new Step(Verb.ADD, IntStream.range(0, JOBS - 1).boxed().toList(), 0, 0);
            for (Step step : Stream.concat(Stream.of(first), steps.stream()).toList()) {
                assertThat(two.play(step)).as("%s", step).isEqualTo(one.play(step));
            }
            assertThat(two.state()).isEqualTo(one.state());
            LedgerAudit.check(memory);
            LedgerAudit.check(disk);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
