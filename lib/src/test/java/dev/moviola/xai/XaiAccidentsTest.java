package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.backend.FetchResult;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import dev.moviola.rehearsal.Faults;
import dev.moviola.rehearsal.XaiFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each accident of the stand-in, over real sockets. */
class XaiAccidentsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rate-limit, RATE, NO, 1",
        "rate-limit-bare, RATE, NO, ",
        "unavailable, TRANSIENT, NO, ",
        "moderated-submit, MODERATION, UNKNOWN, ",
        "no-credit, QUOTA, NO, ",
        "key-revoked, AUTH, NO, "
    })
    void aSubmitThatIsRefusedIsRejectedWithItsReason(
            String word, FailureCategory category, Billed billed, Integer secondsToWait) throws Exception {
        try (Bench bench = Bench.in(folder)) {
            SubmitResult result = bench.submit(Bench.job("prompt", "a cat [[" + word + "]]"));
            Failure failure = ((SubmitResult.Rejected) result).failure();
            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.billed()).isEqualTo(billed);
            assertThat(failure.retryAfter())
                    .isEqualTo(secondsToWait == null ? null : Duration.ofSeconds(secondsToWait));
            assertThat(failure.message()).startsWith("xai answered HTTP ").doesNotContain(Bench.KEY);
            assertThat(bench.standIn.accepted()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = XaiFault.class,
            names = {"SERVER_ERROR_AFTER", "RESET_AFTER", "GARBLED_AFTER"})
    void aJobThatWasTakenWithoutAProperAnswerIsUnknownAndNotSentAgain(XaiFault fault) throws Exception {
        assertThat(fault.hidesAcceptance()).isTrue();
        try (Bench bench = Bench.in(folder)) {
            assertThat(bench.submit(Bench.job("prompt", "a cat [[" + fault.word() + "]]")))
                    .isInstanceOf(SubmitResult.Unknown.class);
            assertThat(bench.standIn.accepted()).hasSize(1);
            assertThat(bench.standIn.submits()).isEqualTo(1);
        }
    }

    @Test
    void aJobThatWasTakenInSilenceIsUnknown() throws Exception {
        Job job = Bench.job("prompt", "a cat [[timeout-after]]");
        try (Bench bench = Bench.in(folder);
                XaiBackend impatient = bench.impatient()) {
            assertThat(impatient
                            .submit(Bench.submission(job, null), List.of(job), List.of())
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(SubmitResult.Unknown.class);
            assertThat(bench.standIn.accepted()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = XaiFault.class,
            names = {"SERVER_ERROR", "RESET_BEFORE"})
    void aJobThatWasNotTakenIsUnknownTooWhenTheAnswerDoesNotProveIt(XaiFault fault) throws Exception {
        try (Bench bench = Bench.in(folder)) {
            assertThat(bench.submit(Bench.job("prompt", "a cat [[" + fault.word() + "]]")))
                    .isInstanceOf(SubmitResult.Unknown.class);
            assertThat(bench.standIn.accepted()).isEmpty();
            assertThat(bench.standIn.submits()).isEqualTo(1);
        }
    }

    @Test
    void aServiceThatIsNotThereIsRejectedAsPassing() throws Exception {
        Bench bench = Bench.in(folder);
        try (bench) {
            bench.standIn.close();
            Failure failure = ((SubmitResult.Rejected) bench.submit(Bench.job("prompt", "a cat"))).failure();
            assertThat(failure.category()).isEqualTo(FailureCategory.TRANSIENT);
            assertThat(failure.billed()).isEqualTo(Billed.NO);
            assertThat(failure.message()).contains("nothing was sent");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "failed-invalid-argument, VALIDATION, NO, invalid_argument",
        "moderated, MODERATION, NO, invalid_argument",
        "moderated-done, MODERATION, YES, respect_moderation",
        "failed-permission-denied, AUTH, NO, permission_denied",
        "failed-precondition, VALIDATION, NO, failed_precondition",
        "failed-service-unavailable, TRANSIENT, NO, service_unavailable",
        "failed-internal-error, INTERNAL, NO, internal_error",
        "no-url, ARTEFACT, YES, no_url",
        "expired, DEADLINE, NO, expired",
        "poll-400, VALIDATION, UNKNOWN, invalid_argument",
        "moderated-done]] [[no-usage, MODERATION, UNKNOWN, respect_moderation",
        "moderated]] [[no-usage, MODERATION, UNKNOWN, invalid_argument"
    })
    void aJobThatEndsBadlySaysWhyAndWhetherItWasPaid(String words, FailureCategory category, Billed billed, String code)
            throws Exception {
        try (Bench bench = Bench.in(folder)) {
            PollResult.Failed failed =
                    (PollResult.Failed) bench.end(bench.accepted(Bench.job("prompt", "a cat [[" + words + "]]")));
            assertThat(failed.failure().category()).isEqualTo(category);
            assertThat(failed.failure().billed()).isEqualTo(billed);
            assertThat(failed.failure().code()).isEqualTo(code);
            Money charged = failed.charged();
            assertThat(charged == null ? Billed.UNKNOWN : charged.ticks() > 0 ? Billed.YES : Billed.NO)
                    .isEqualTo(billed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "poll-500, TRANSIENT, ",
        "poll-reset, TRANSIENT, ",
        "poll-rate-limit, RATE, 1",
        "key-revoked-later, AUTH, "
    })
    void aPollThatFailsLeavesTheJobAsItStands(String word, FailureCategory category, Integer secondsToWait)
            throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Submission submission = bench.accepted(Bench.job("prompt", "a cat [[" + word + "]]"));
            Failure failure = ((PollResult.Unanswered) bench.poll(submission)).failure();
            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(failure.retryAfter())
                    .isEqualTo(secondsToWait == null ? null : Duration.ofSeconds(secondsToWait));
        }
    }

    @Test
    void anIdThatTheServiceDoesNotKnowEndsTheJob() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            PollResult result = bench.poll(Bench.submission(Bench.job("prompt", "a cat"), "never-heard-of"));
            assertThat(((PollResult.Failed) result).failure().category()).isEqualTo(FailureCategory.INTERNAL);
        }
    }

    @Test
    void aStatusThatIsNotKnownIsTakenAsPending() throws Exception {
        try (Bench bench = Bench.in(folder, o -> o.withPendingPolls(2))) {
            Submission submission = bench.accepted(Bench.job("prompt", "a cat [[strange-status]] [[no-progress]]"));
            PollResult.Pending pending = (PollResult.Pending) bench.poll(submission);
            assertThat(pending.note()).isEqualTo("reticulating");
            assertThat(pending.progress()).isNaN();
            assertThat(bench.end(submission)).isInstanceOf(PollResult.Succeeded.class);
        }
    }

    @Test
    void aSlowJobStaysPending() throws Exception {
        try (Bench bench = Bench.in(folder, o -> o.withLatency(Duration.ZERO, Duration.ofHours(1)))) {
            Submission slow = bench.accepted(Bench.job("prompt", "a cat [[slow]]"));
            for (int i = 0; i < 5; i++) {
                assertThat(bench.poll(slow)).isInstanceOf(PollResult.Pending.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "truncated, TRANSIENT, true",
        "truncated-always, TRANSIENT, false",
        "download-reset, TRANSIENT, true",
        "download-503, TRANSIENT, true",
        "download-403, ARTEFACT, false",
        "download-404, ARTEFACT, false"
    })
    void aDownloadThatFailsLeavesNoFileAndSaysWhetherToTryAgain(
            String word, FailureCategory category, boolean secondWorks) throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Job job = Bench.job("prompt", "a cat [[" + word + "]]");
            Submission submission = bench.accepted(job);
            Path landed = Files.createDirectory(folder.resolve("landed"));
            Failure failure = ((FetchResult.Failed) bench.fetch(submission, job, landed)).failure();
            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.billed()).isEqualTo(Billed.YES);
            assertThat(landed).isEmptyDirectory();
            assertThat(bench.fetch(submission, job, landed))
                    .isInstanceOf(secondWorks ? FetchResult.Fetched.class : FetchResult.Failed.class);
        }
    }

    @Test
    void aDownloadFollowsARedirect() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Job job = Bench.job("prompt", "a cat [[download-redirect]]");
            assertThat(bench.fetch(bench.accepted(job), job, folder)).isInstanceOf(FetchResult.Fetched.class);
            assertThat(bench.standIn.leaks()).isZero();
        }
    }

    @Test
    void aPageInsteadOfAClipComesAsItIsForTheCallerToFindOut() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Job job = Bench.job("prompt", "a cat [[not-a-video]]");
            FetchResult.Fetched fetched = (FetchResult.Fetched) bench.fetch(bench.accepted(job), job, folder);
            assertThat(fetched.files().get(0).path()).content().contains("<html>");
        }
    }

    @Test
    void anAccidentCanBeAskedForTheFirstTimesOnly() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Job job = Bench.job("prompt", "a cat [[rate-limit:2]]");
            assertThat(bench.submit(job)).isInstanceOf(SubmitResult.Rejected.class);
            assertThat(bench.submit(job)).isInstanceOf(SubmitResult.Rejected.class);
            assertThat(bench.submit(job)).isInstanceOf(SubmitResult.Accepted.class);
        }
    }

    @Test
    void accidentsCanBeNumberedOrDrawnWithASeed() throws Exception {
        Faults faults = Faults.none().withSeed(7).withNumber(2, XaiFault.UNAVAILABLE);
        try (Bench bench = Bench.in(folder, o -> o.withFaults(faults))) {
            assertThat(bench.submit(Bench.job("prompt", "1"))).isInstanceOf(SubmitResult.Accepted.class);
            assertThat(bench.submit(Bench.job("prompt", "2"))).isInstanceOf(SubmitResult.Rejected.class);
            assertThat(bench.submit(Bench.job("prompt", "3"))).isInstanceOf(SubmitResult.Accepted.class);
        }
        Faults drawn = Faults.none().withSeed(7).withChance(XaiFault.SLOW, 0.25);
        int hits = 0;
        for (int i = 1; i <= 1000; i++) {
            Set<XaiFault> of = drawn.of(i);
            assertThat(of).isEqualTo(drawn.of(i)).isSubsetOf(EnumSet.of(XaiFault.SLOW));
            hits += of.size();
        }
        assertThat(hits).isBetween(200, 300);
    }

    @Test
    void theServiceAllowsOneSubmitASecondForEachKey() throws Exception {
        try (Bench bench = Bench.in(folder, o -> o.withRate(0.001, false))) {
            assertThat(bench.submit(Bench.job("prompt", "1"))).isInstanceOf(SubmitResult.Accepted.class);
            Failure failure = ((SubmitResult.Rejected) bench.submit(Bench.job("prompt", "2"))).failure();
            assertThat(failure.category()).isEqualTo(FailureCategory.RATE);
            assertThat(failure.retryAfter()).isNull();
        }
    }

    @Test
    void aKeyThatIsRevokedStopsSubmitsAndPolls() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Submission submission = bench.accepted(Bench.job("prompt", "a cat"));
            bench.standIn.revoke(Bench.KEY);
            assertThat(((SubmitResult.Rejected) bench.submit(Bench.job("prompt", "a dog")))
                            .failure()
                            .category())
                    .isEqualTo(FailureCategory.AUTH);
            assertThat(((PollResult.Unanswered) bench.poll(submission))
                            .failure()
                            .category())
                    .isEqualTo(FailureCategory.AUTH);
        }
    }
}
