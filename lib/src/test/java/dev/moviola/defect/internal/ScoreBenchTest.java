package dev.moviola.defect.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreBenchTest {
    @TempDir
    Path folder;

    @Test
    void eachClipIsTimedAloneAndSeveralTimesAtOnceBesideFfmpeg() {
        Path clip = folder.resolve("clip.mp4");
        RehearsalRenderer.render(new Take("a duel", 7, 0.5, 160, 96, 24), List.of(), clip);
        List<ScoreBench.Row> rows = ScoreBench.run(List.of(clip), 2);
        assertThat(rows)
                .extracting(ScoreBench.Row::what)
                .containsExactly("score clip.mp4, threads 1", "score clip.mp4, threads 2");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.value()).isPositive();
            assertThat(row.peerValue()).isPositive();
            assertThat(row.ratio()).isEqualTo(row.value() / row.peerValue());
            assertThat(row.unit()).isEqualTo("frames/s");
        });
    }

    @Test
    void aFileThatIsNoClipIsNamed() {
        Path clip = folder.resolve("missing.mp4");
        assertThatThrownBy(() -> ScoreBench.run(List.of(clip), 1))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("missing.mp4");
    }
}
