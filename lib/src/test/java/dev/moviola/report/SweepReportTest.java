package dev.moviola.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepReportTest {
    private static final String HOSTILE = "</script><script>window.pwned=1</script>{{DATA}}";

    @TempDir
    private Path folder;

    @Test
    void tenThousandTrialsMakeAPageOfAFewMegabytes() throws IOException {
        List<Goal> goals = List.of(new Goal("melt", Direction.MINIMIZE), new Goal("sharpness", Direction.MAXIMIZE));
        Path page = ReportPage.write(source(study(10_000, goals)));

        assertThat(Files.size(page)).isLessThan(8_000_000);
        JsonNode sweep = data(page).get("sweep");
        assertThat(sweep.get("trials").get("number")).hasSize(10_000);
        assertThat(sweep.get("trials").get("values")).hasSize(2);
        assertThat(sweep.get("best").size()).isBetween(2, 500);
        assertThat(sweep.get("by")).hasSize(3);
        assertThat(Files.readString(page))
                .contains("Which parameters matter", "Compromises between melt and sharpness");
    }

    @Test
    void whatFailedIsShownAsTextAndThereIsNoSheetWithoutClips() throws IOException {
        Path page = ReportPage.write(source(study(40, List.of(new Goal("melt", Direction.MINIMIZE)))));

        JsonNode sweep = data(page).get("sweep");
        assertThat(sweep.has("xy")).isFalse();
        assertThat(sweep.get("trials").get("why").get(7).asText()).isEqualTo(HOSTILE);
        assertThat(sweep.get("trials").get("state").get(7).asText()).isEqualTo("failed");
        int best = sweep.get("best").get(0).asInt();
        for (JsonNode value : sweep.get("trials").get("values").get(0)) {
            assertThat(sweep.get("trials").get("values").get(0).get(best).asDouble())
                    .isLessThanOrEqualTo(value.isNull() ? 1e9 : value.asDouble());
        }
        assertThat(Files.readString(page)).doesNotContain(HOSTILE);
        assertThat(folder.resolve("sheet.mp4")).doesNotExist();
    }

    @Test
    void aSweepWithoutAnyValueHasAPageToo() throws IOException {
        StudySnapshot study = new StudySnapshot(
                Space.empty().real("guidance", 1, 10),
                List.of(new Goal("melt", Direction.MINIMIZE)),
                List.of(new TrialRecord(0, TrialState.RUNNING, Parameters.of("guidance", 2.5), List.of(), null)),
                Map.of(),
                Map.of());

        Path page = ReportPage.write(source(study));

        assertThat(data(page).get("sweep").get("best")).isEmpty();
    }

    private ReportSource source(StudySnapshot study) {
        return new ReportSource(
                folder, "a sweep", List.of(), List.of(), "", List.of(), new SweepFindings(study, Map.of()));
    }

    private static StudySnapshot study(int count, List<Goal> goals) {
        Random random = new Random(8);
        List<TrialRecord> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double guidance = 1 + 9 * random.nextDouble();
            double rate = Math.pow(10, -5 + 4 * random.nextDouble());
            String control = random.nextBoolean() ? "edge" : "depth";
            boolean failed = i % 20 == 7;
            List<Double> values = new ArrayList<>();
            goals.forEach(goal -> values.add((goal.metric().equals("melt") ? Math.abs(guidance - 4) : guidance) / 10
                    + 0.1 * random.nextDouble()));
            trials.add(new TrialRecord(
                    i,
                    failed ? TrialState.FAILED : TrialState.COMPLETE,
                    Parameters.of("guidance", guidance, "rate", rate, "control", control),
                    failed ? List.of() : values,
                    failed ? HOSTILE : null));
        }
        Space space =
                Space.empty().real("guidance", 1, 10).logReal("rate", 1e-5, 0.1).choice("control", "edge", "depth");
        return new StudySnapshot(space, goals, trials, Map.of(), Map.of());
    }

    private static JsonNode data(Path page) throws IOException {
        String html = Files.readString(page);
        int from = html.indexOf("id=\"data\">") + "id=\"data\">".length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }
}
