package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.backend.FetchResult;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XaiBackendTest {
    @TempDir
    Path folder;

    @Test
    void aPromptBecomesAClip() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Job job = Bench.job("prompt", "samurai vs T-rex", "duration", 2);
            Submission intent = Bench.submission(job, null);
            SubmitResult taken =
                    bench.backend.submit(intent, List.of(job), List.of()).get(30, TimeUnit.SECONDS);
            assertThat(taken).isInstanceOf(SubmitResult.Accepted.class);
            Submission submission = Bench.submission(job, ((SubmitResult.Accepted) taken).externalId());

            PollResult first = bench.poll(submission);
            assertThat(first).isInstanceOfSatisfying(PollResult.Pending.class, pending -> assertThat(pending.progress())
                    .isBetween(0.0, 0.99));
            PollResult.Succeeded done = (PollResult.Succeeded) bench.end(submission);
            assertThat(done.charged()).isEqualTo(Money.dollars(0.10));
            Path landed = Files.createDirectory(folder.resolve("landed"));
            FetchResult.Fetched fetched = (FetchResult.Fetched)
                    bench.backend.fetch(submission, List.of(job), done, landed).get(30, TimeUnit.SECONDS);

            assertThat(fetched.files()).singleElement().satisfies(file -> {
                assertThat(file.role()).isEqualTo("clip");
                assertThat(file.mediaType()).isEqualTo("video/mp4");
                assertThat(file.job()).isEqualTo(job.key());
                assertThat(file.path()).hasSameBinaryContentAs(Bench.tinyClip(folder));
            });
            assertThat(landed).isDirectoryContaining("glob:**/clip.mp4").isDirectoryNotContaining("glob:**.part");
            assertThat(bench.standIn.accepted()).singleElement().satisfies(entry -> {
                assertThat(entry.user()).isEqualTo(intent.id());
                assertThat(entry.prompt()).isEqualTo("samurai vs T-rex");
                assertThat(entry.seconds()).isEqualTo(2);
            });
            assertThat(bench.standIn.leaks()).isZero();
        }
    }
}
