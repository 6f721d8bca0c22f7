package dev.moviola.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.defect.Scorer;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Score;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scoring that is asked to end before all clips are scored. */
class ScoringTest {
    private static final int CLIPS = 2 * Runtime.getRuntime().availableProcessors() + 2;

    @TempDir
    private Path folder;

    private Run run;
    private Scoring scoring;

    @BeforeEach
    void takeInClips() throws IOException {
        run = Run.create(folder.resolve("runs"), "clips", Parameters.none());
        List<Path> videos = new ArrayList<>();
        for (int i = 0; i < CLIPS; i++) {
            videos.add(clip(i));
        }
        ClipImport.into(run, videos);
        scoring = Scoring.of(run, Scorer.standard());
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aScoringThatIsStoppedFinishesTheClipsInHandAndLeavesTheOthers() {
        ScoringSummary first = scoring.run(progress -> scoring.stop());

        assertThat(first.stopped()).isTrue();
        assertThat(first.scored()).isBetween(1L, CLIPS - 1L);
        assertThat(first.left()).isEqualTo(CLIPS - first.scored());
        assertThat(run.ledger().scores().stream().map(Score::job).distinct()).hasSize((int) first.scored());
        assertTheRestIsScoredNext(first.left());
    }

    @Test
    void aScoringThatIsHaltedDoesNotWaitForTheClipsInHand() {
        ScoringSummary first = scoring.run(progress -> scoring.halt());

        assertThat(first.stopped()).isTrue();
        assertThat(first.scored()).isEqualTo(1);
        assertThat(first.left()).isEqualTo(CLIPS - 1);
        assertThat(first.failures()).isEmpty();
    }

    @Test
    void toInterruptTheThreadIsToHaltTheScoring() {
        Thread me = Thread.currentThread();
        ScoringSummary first = scoring.run(progress -> me.interrupt());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(first.stopped()).isTrue();
        assertThat(first.left()).isPositive();
    }

    private void assertTheRestIsScoredNext(long left) {
        ScoringSummary rest = Scoring.of(run, Scorer.standard()).run(progress -> {});
        assertThat(rest.stopped()).isFalse();
        assertThat(rest.scored()).isEqualTo(left);
        assertThat(rest.left()).isZero();
    }

    /** A copy of a small clip that differs from the others where no decoder looks. */
    private Path clip(int number) throws IOException {
        try (InputStream in = ScoringTest.class.getResourceAsStream("/dev/moviola/rehearsal/tiny.mp4")) {
            byte[] clip = in.readAllBytes();
            ByteBuffer copy = ByteBuffer.allocate(clip.length + 12).put(clip);
            copy.putInt(12).put("free".getBytes(StandardCharsets.US_ASCII)).putInt(number);
            return Files.write(folder.resolve(number + ".mp4"), copy.array());
        }
    }
}
