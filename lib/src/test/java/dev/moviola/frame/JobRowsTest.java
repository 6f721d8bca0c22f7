package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRowsTest {
    @Test
    void aRowSaysWhatTheLedgerKnows() {
        try (Ledger ledger = Ledger.inMemory()) {
            Job good = job("good", 1);
            Job better = job("better", 2);
            Job refused = job("refused", 3);
            ledger.add(List.of(good, better, refused)).join();
            done(ledger, good, 40, 0.5);
            done(ledger, better, 80, 0.1);
            Submission failed = ledger.intend(List.of(refused.key()), "xai", null, Money.dollars(0.4))
                    .join();
            ledger.fail(failed.id(), Failure.of(FailureCategory.MODERATION, Billed.NO, "", "refused"), null, false)
                    .join();

            List<JobRow> rows = JobRows.of(ledger);
            assertThat(rows).extracting(JobRow::rank).containsExactly(2, 1, 0);
            JobRow row = rows.get(0);
            assertThat(row.basePrompt()).isEqualTo("base");
            assertThat(row.variant()).isEqualTo(1);
            assertThat(row.modifiers()).containsExactly(new ModifierName("environment", "neon rain"));
            assertThat(row.cost()).isEqualTo(Money.dollars(0.25));
            assertThat(row.last().device()).isEqualTo("gpu0");
            assertThat(row.last().seconds()).isNotNegative();
            assertThat(row.relative()).containsEntry("overall", -20.0);
            assertThat(rows.get(2).state()).isEqualTo(JobState.FAILED);
            assertThat(rows.get(2).cost()).isEqualTo(Money.ZERO);
            assertThat(JobRows.mainScorer(ledger)).contains("plain/2");
            assertThat(row.metric("warp"))
                    .as("an older scorer's value is left out")
                    .isEqualTo(0.5);
            assertThat(Failures.of(ledger)).singleElement().satisfies(group -> {
                assertThat(group.jobs()).isEqualTo(1);
                assertThat(group.messages()).containsExactly(new FailureGroup.Message("refused", 1));
            });
            assertThat(RunTable.of(ledger).rowCount()).isEqualTo(3);
        }
    }

    private static void done(Ledger ledger, Job job, double overall, double warp) {
        Submission submission = ledger.intend(List.of(job.key()), "xai", "gpu0", Money.dollars(0.4))
                .join();
        ledger.accept(submission.id(), "req-" + job.key().brief()).join();
        Artefact clip = new Artefact(job.key(), Artefact.CLIP, job.key().hex(), 9, "video/mp4", "clips/x.mp4");
        ledger.succeed(submission.id(), List.of(clip), Money.dollars(0.25)).join();
        ledger.score(List.of(
                        new Score(job.key(), clip.sha256(), "warp", 0.99, "plain/1"),
                        new Score(job.key(), clip.sha256(), "overall", overall, "plain/2"),
                        new Score(job.key(), clip.sha256(), "warp", warp, "plain/2")))
                .join();
    }

    private static Job job(String prompt, int variant) {
        return Job.generate(
                Parameters.of("prompt", prompt),
                Parameters.of(
                        "base_prompt",
                        "base",
                        "strategy",
                        "random",
                        "variant",
                        variant,
                        "modifiers",
                        List.of(Map.of("pool", "environment", "text", "neon rain", "position", 0))));
    }
}
