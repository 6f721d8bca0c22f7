package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every ledger does, whatever it keeps its truth in. */
abstract class LedgerContract {
    static final Money PRICE = Money.dollars(0.4);
    static final Failure REFUSED = Failure.of(FailureCategory.MODERATION, Billed.NO, "blocked", "content was refused");
    static final Failure SILENT = Failure.of(FailureCategory.UNKNOWN, Billed.UNKNOWN, "", "no answer");

    @TempDir
    Path folder;

    Ledger ledger;

    abstract Ledger open(Path folder);

    @BeforeEach
    void open() {
        ledger = open(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
        ledger.close();
    }

    static Job job(int number) {
        return Job.generate(Parameters.of("prompt", "a cat <b>\n", "seed", number), Parameters.of("variant", number));
    }

    static Artefact clip(Job job) {
        String sha = Parameters.of("of", job.key().hex()).sha256();
        return new Artefact(
                job.key(), Artefact.CLIP, sha, 1000, "video/mp4", "clips/" + sha.substring(0, 2) + "/" + sha);
    }

    static void refused(CompletableFuture<?> future, String... words) {
        assertThatThrownBy(future::join)
                .hasCauseInstanceOf(LedgerException.class)
                .cause()
                .hasMessageContainingAll(words);
    }

    Submission intended(Job... jobs) {
        return ledger.intend(List.of(jobs).stream().map(Job::key).toList(), "xai", null, PRICE)
                .join();
    }

    JobState stateOf(Job job) {
        return ledger.job(job.key()).orElseThrow().state();
    }

    void finish(Job job) {
        String id = intended(job).id();
        ledger.accept(id, "x").join();
        ledger.succeed(id, List.of(clip(job)), null).join();
    }

    @Test
    void aJobIsAddedOnceAndReadBackWhole() {
        Job job = job(1).inGroup("g");
        assertThat(ledger.add(List.of(job, job, job(2))).join()).isEqualTo(2);
        assertThat(ledger.add(List.of(job)).join()).isZero();
        assertThat(ledger.job(job.key())).contains(new JobRecord(1, job, JobState.READY, 0, null, List.of()));
        assertThat(ledger.job(job(3).key())).isEmpty();
    }

    @Test
    void aSubmissionGoesFromIntentToClip() {
        Job job = job(1);
        ledger.add(List.of(job)).join();
        Submission made =
                ledger.intend(List.of(job.key()), "xai", "gpu0", PRICE).join();
        assertThat(made.state()).isEqualTo(SubmissionState.INTENDED);
        assertThat(ledger.submission(made.id())).contains(made);
        assertThat(stateOf(job)).isEqualTo(JobState.IN_FLIGHT);
        assertThat(ledger.tally().spent()).isEqualTo(Money.ZERO);
        ledger.accept(made.id(), "req-1").join();
        assertThat(ledger.open()).singleElement().satisfies(open -> {
            assertThat(open.externalId()).isEqualTo("req-1");
            assertThat(open.accepted()).isNotNull();
        });
        assertThat(ledger.tally().spent()).isEqualTo(PRICE);
        ledger.succeed(made.id(), List.of(clip(job)), Money.dollars(0.35)).join();
        assertThat(ledger.job(job.key())).contains(new JobRecord(1, job, JobState.DONE, 1, null, List.of(clip(job))));
        assertThat(ledger.open()).isEmpty();
        Tally tally = ledger.tally();
        assertThat(tally.count(JobState.DONE)).isEqualTo(1);
        assertThat(tally.paid()).isEqualTo(1);
        assertThat(tally.spent()).isEqualTo(Money.dollars(0.35));
    }

    @Test
    void aTrialBeginsAndEndsWithAValueInOneChangeEach() {
        Job trial = Job.of("trial", Parameters.of("trial", 1), Parameters.none());
        Submission made = ledger.begin(trial, "study", Money.ZERO).join();
        assertThat(made.state()).isEqualTo(SubmissionState.INTENDED);
        assertThat(stateOf(trial)).isEqualTo(JobState.IN_FLIGHT);
        refused(ledger.begin(trial, "study", Money.ZERO), "READY", "IN_FLIGHT");
        ledger.conclude(made.id(), "trial-end", Parameters.of("value", 0.5)).join();
        assertThat(stateOf(trial)).isEqualTo(JobState.DONE);
        assertThat(ledger.notes("trial-end")).singleElement().satisfies(note -> {
            assertThat(note.job()).isEqualTo(trial.key());
            assertThat(note.content()).isEqualTo(Parameters.of("value", 0.5));
        });
        assertThat(ledger.open()).isEmpty();
        refused(ledger.conclude(made.id(), "trial-end", Parameters.none()), made.id(), "SUCCEEDED");
        assertThat(ledger.notes("trial-end")).hasSize(1);
    }

    @Test
    void whatBeginsAfterManyOtherChangesComesAfterThem() {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        List<Integer> order = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 300; i++) {
            int number = i;
            Job job = job(i);
            CompletableFuture<?> future =
                    i % 3 == 0 ? ledger.begin(job, "study", Money.ZERO) : ledger.add(List.of(job));
            asked.add(future.handle((value, why) -> order.add(number)));
        }
        asked.forEach(CompletableFuture::join);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
        assertThat(ledger.tally().count(JobState.IN_FLIGHT)).isEqualTo(100);
    }

    @Test
    void whatHasEndedCannotBeChanged() {
        Job job = job(1);
        ledger.add(List.of(job)).join();
        String id = intended(job).id();
        refused(ledger.succeed(id, List.of(clip(job)), null), id, "INTENDED", "succeeded");
        ledger.fail(id, REFUSED, null, false).join();
        refused(ledger.accept(id, "late"), id, "REJECTED", "accepted");
        refused(ledger.cancel(id, REFUSED, false), id, "REJECTED", "cancelled");
        assertThat(stateOf(job)).isEqualTo(JobState.FAILED);
        refused(ledger.intend(List.of(job.key()), "xai", null, PRICE), job.key().brief(), "FAILED", "READY");
        refused(ledger.accept("nothing", "x"), "nothing");
    }

    @Test
    void aJobThatFailedIsTriedAgainAndCountsItsAttempts() {
        Job job = job(1);
        ledger.add(List.of(job)).join();
        String first = intended(job).id();
        ledger.accept(first, "x").join();
        Failure slow =
                new Failure(FailureCategory.RATE, Billed.NO, "429", "slow down", java.time.Duration.ofMillis(1500));
        ledger.fail(first, slow, null, true).join();
        JobRecord row = ledger.job(job.key()).orElseThrow();
        assertThat(row.state()).isEqualTo(JobState.READY);
        assertThat(row.lastFailure()).isEqualTo(slow);
        assertThat(intended(job).attempt()).isEqualTo(2);
        assertThat(ledger.submissions(job.key()))
                .extracting(Submission::state)
                .containsExactly(SubmissionState.FAILED, SubmissionState.INTENDED);
        assertThat(ledger.tally().spent()).isEqualTo(Money.ZERO);
    }

    @Test
    void aLostSubmissionMayBeFoundAgainOrReplacedWithConsent() {
        Job job = job(1);
        ledger.add(List.of(job)).join();
        String lost = intended(job).id();
        ledger.lose(lost, SILENT).join();
        assertThat(stateOf(job)).isEqualTo(JobState.UNKNOWN);
        assertThat(ledger.open()).hasSize(1);
        assertThat(ledger.tally().spent()).isEqualTo(PRICE);
        assertThat(ledger.reopen(List.of(job.key())).join()).isEqualTo(1);
        assertThat(stateOf(job)).isEqualTo(JobState.READY);
        String second = intended(job).id();
        ledger.accept(lost, "late").join();
        ledger.fail(lost, REFUSED, null, false).join();
        assertThat(stateOf(job)).as("the second submission decides").isEqualTo(JobState.IN_FLIGHT);
        ledger.accept(second, "y").join();
        ledger.succeed(second, List.of(clip(job)), null).join();
        assertThat(stateOf(job)).isEqualTo(JobState.DONE);
        assertThat(ledger.tally().spent()).isEqualTo(PRICE);
    }

    @Test
    void aSubmissionOfWhichNobodyKnowsWhetherItWasBilledStaysSpent() {
        ledger.add(List.of(job(1), job(2), job(3))).join();
        String refused = intended(job(1)).id();
        ledger.fail(refused, SILENT, null, false).join();
        assertThat(ledger.tally().spent()).isEqualTo(PRICE);
        String lost = intended(job(2)).id();
        ledger.lose(lost, SILENT).join();
        ledger.cancel(lost, SILENT, false).join();
        assertThat(ledger.tally().spent()).isEqualTo(PRICE.times(2));
        String found = intended(job(3)).id();
        ledger.lose(found, SILENT).join();
        ledger.fail(found, REFUSED, null, false).join();
        assertThat(ledger.tally().spent()).isEqualTo(PRICE.times(2));
        assertThat(ledger.tally().paid()).isZero();
    }

    @Test
    void aLateClipEndsAJobThatWasReopened() {
        Job job = job(1);
        ledger.add(List.of(job)).join();
        String lost = intended(job).id();
        ledger.lose(lost, SILENT).join();
        ledger.reopen(List.of(job.key())).join();
        ledger.accept(lost, "late").join();
        ledger.succeed(lost, List.of(clip(job)), null).join();
        assertThat(ledger.job(job.key()).orElseThrow().artefacts()).containsExactly(clip(job));
        assertThat(ledger.ready(0, 10)).isEmpty();
    }

    @Test
    void aJobIsReadyOnceAllItDependsOnIsDone() {
        Job a = job(1);
        Job b = job(2);
        Job c = job(3).after(List.of(b.key(), a.key()));
        ledger.add(List.of(a, b, c)).join();
        assertThat(ledger.ready(0, 10)).extracting(JobRecord::job).containsExactly(a, b);
        refused(ledger.intend(List.of(c.key()), "xai", null, PRICE), c.key().brief(), "DONE");
        finish(a);
        assertThat(ledger.ready(0, 10)).extracting(JobRecord::job).containsExactly(b);
        finish(b);
        assertThat(ledger.ready(0, 10)).extracting(JobRecord::job).containsExactly(c);
        Job d = job(4).after(List.of(a.key()));
        ledger.add(List.of(d)).join();
        assertThat(ledger.ready(1, 10)).extracting(JobRecord::job).containsExactly(c, d);
    }

    @Test
    void aBatchWithAnUnknownOrCircularDependencyIsRefusedWhole() {
        Job a = job(1);
        Job b = job(2).after(List.of(a.key()));
        refused(ledger.add(List.of(job(5), b)), b.key().brief(), a.key().brief());
        refused(ledger.add(List.of(a.after(List.of(b.key())), b)), "must be added before it");
        refused(ledger.add(List.of(a.after(List.of(a.key())))), "must be added before it");
        assertThat(ledger.tally().total()).isZero();
    }

    @Test
    void oneSubmissionServesAGroupAndEachJobNeedsAnArtefact() {
        Job a = job(1).inGroup("g");
        Job b = job(2).inGroup("g");
        Job alone = job(3);
        ledger.add(List.of(a, b, alone)).join();
        refused(ledger.intend(List.of(), "cosmos", null, PRICE), "at least one");
        refused(ledger.intend(List.of(a.key(), a.key()), "cosmos", null, PRICE), "each job once");
        Submission both = intended(b, a);
        assertThat(both.jobs()).containsExactly(b.key(), a.key());
        ledger.accept(both.id(), "x").join();
        refused(ledger.succeed(both.id(), List.of(clip(a)), null), b.key().brief(), "at least one");
        refused(ledger.succeed(both.id(), List.of(clip(a), clip(b), clip(alone)), null), "it serves");
        Artefact latent =
                new Artefact(a.key(), "latent", job(9).key().hex(), 5, "application/octet-stream", "clips/aa/x.bin");
        ledger.succeed(both.id(), List.of(clip(a), latent, clip(b)), null).join();
        assertThat(ledger.job(a.key()).orElseThrow().artefacts()).containsExactly(clip(a), latent);
        assertThat(stateOf(b)).isEqualTo(JobState.DONE);
        assertThat(ledger.tally().paid()).isEqualTo(1);
    }

    @Test
    void jobsAreAbandonedAndReopened() {
        Job a = job(1);
        Job b = job(2);
        ledger.add(List.of(a, b)).join();
        String id = intended(b).id();
        assertThat(ledger.abandon(List.of(a.key(), b.key()), REFUSED).join()).isEqualTo(1);
        assertThat(ledger.job(a.key()).orElseThrow().lastFailure()).isEqualTo(REFUSED);
        ledger.cancel(id, REFUSED, true).join();
        assertThat(stateOf(b)).isEqualTo(JobState.READY);
        assertThat(ledger.reopen(List.of(a.key(), b.key())).join()).isEqualTo(1);
        refused(ledger.reopen(List.of(job(7).key())), job(7).key().brief());
        assertThat(ledger.tally().jobs()).containsOnlyKeys(JobState.READY);
    }

    @Test
    void jobsArePagedByStateInOrder() {
        List<Job> jobs = IntStream.range(0, 30).mapToObj(LedgerContract::job).toList();
        ledger.add(jobs).join();
        for (int i = 0; i < 30; i += 3) {
            finish(jobs.get(i));
        }
        ledger.abandon(List.of(jobs.get(1).key()), REFUSED).join();
        assertThat(ledger.jobs(List.of(JobState.DONE, JobState.CANCELLED), 1, 3))
                .extracting(JobRecord::sequence)
                .containsExactly(2L, 4L, 7L);
        assertThat(ledger.jobs(List.of(), 28, 10)).hasSize(2);
        assertThat(ledger.ready(0, 2)).extracting(JobRecord::sequence).containsExactly(3L, 5L);
        List<Object> seen = new ArrayList<>();
        ledger.eachJob(row -> seen.add(ledger.job(row.job().key()).orElseThrow()));
        ledger.eachSubmission(seen::add);
        assertThat(seen).hasSize(40);
    }

    @Test
    void scoresAreReplacedAndNotesAreNot() {
        Job job = job(1);
        ledger.add(List.of(job(2), job)).join();
        Score first = new Score(job.key(), "s", "warp", 0.5, "plain 1");
        Score other = new Score(job(2).key(), "s", "warp", Double.NaN, "plain 1");
        ledger.score(List.of(first, other)).join();
        Score later = new Score(job.key(), "s", "warp", 0.25, "plain 1");
        ledger.score(List.of(later)).join();
        assertThat(ledger.scores()).containsExactly(other, later);
        refused(ledger.score(List.of(later, new Score(job(8).key(), "s", "warp", 1, "plain 1"))), "add it first");
        ledger.note(job.key(), "trial", Parameters.of("step", 1)).join();
        ledger.note(null, "trial", Parameters.of("step", 1)).join();
        assertThat(ledger.notes("trial")).extracting(Note::job).containsExactly(job.key(), null);
        assertThat(ledger.notes("other")).isEmpty();
    }

    @Test
    void aRefusedChangeLeavesItsNeighboursAlone() {
        Job job = job(1);
        List<CompletableFuture<?>> futures = new ArrayList<>();
        List<Integer> order = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 200; i++) {
            int number = i;
            CompletableFuture<?> future = i % 2 == 0 ? ledger.add(List.of(job(i))) : ledger.accept("none", "x");
            futures.add(future.handle((value, why) -> order.add(number)));
        }
        futures.forEach(CompletableFuture::join);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        assertThat(ledger.tally().total()).isEqualTo(100);
        assertThat(ledger.job(job.key())).isEmpty();
    }

    @Test
    void aClosedLedgerRefusesToWrite() {
        ledger.add(List.of(job(1))).join();
        ledger.close();
        refused(ledger.add(List.of(job(2))), "closed");
        refused(ledger.begin(job(2), "study", Money.ZERO), "closed");
    }
}
