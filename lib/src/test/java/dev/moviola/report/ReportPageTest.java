package dev.moviola.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.frame.Failures;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.ModifierName;
import dev.moviola.frame.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><!-- {{SCRIPT}} & \u2028 \"'";

    @TempDir
    Path folder;

    @Test
    void whatCameFromOutsideCannotLeaveTheData() throws Exception {
        JobRow row = Samples.row(1, HOSTILE, List.of(new ModifierName("p", HOSTILE)), false, Map.of("overall", 40.0));
        String page = page(HOSTILE, List.of(row));
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(data(page).at("/rows/prompt/0").asText()).isEqualTo(row.prompt());
        assertThat(page).contains("default-src &#39;none&#39;").doesNotContain("https://", "src=\"http", "href=\"http");
    }

    @Test
    void aRunWithoutScoresClipsOrJobsHasAPageToo() throws Exception {
        JsonNode empty = data(page("none", List.of()));
        assertThat(empty.at("/rows/seq")).isEmpty();
        JobRow failed = Samples.row(2, "b", List.of(), true, Map.of());
        JsonNode data = data(page("failed", List.of(failed)));
        assertThat(data.at("/worst")).isEmpty();
        assertThat(data.at("/failures/0/category").asText()).isEqualTo("MODERATION");
        assertThat(data.at("/rows/clip/0").isNull()).isTrue();
    }

    @Test
    void aHugePromptIsCutAndItsLengthIsSaid() throws Exception {
        JobRow row = Samples.row(1, "x".repeat(1_000_000), List.of(), false, Map.of("overall", 1.0));
        String page = page("huge", List.of(row));
        assertThat(page.length()).isLessThan(1_000_000);
        assertThat(data(page).at("/rows/cut/0").asInt()).isEqualTo(row.prompt().length());
        assertThat(data(page).at("/rows/prompt/0").asText()).hasSize(4_001).endsWith("…");
    }

    @Test
    void tenThousandRowsStayAFewMegabytes() throws Exception {
        String page = page("large", Samples.campaign(10_000, 1));
        assertThat(page.length()).isLessThan(12_000_000);
        assertThat(data(page).at("/rows/seq")).hasSize(10_000);
    }

    @Test
    void aClipOutsideTheRunFolderIsNotReferredTo() throws Exception {
        JobRow row = Samples.row(1, "b", List.of(), false, Map.of("overall", 50.0));
        assertThat(data(page("gone", List.of(row))).at("/rows/missing/0").asInt())
                .isEqualTo(1);
        Path clip = folder.resolve(row.clip().path());
        Files.createDirectories(clip.getParent());
        Files.writeString(clip, "x");
        assertThat(data(page("there", List.of(row))).at("/rows/clip/0").asText())
                .isEqualTo(row.clip().path());
    }

    @Test
    void theSummaryCountsStatesAndMoneyAndNamesBestAndWorst() throws Exception {
        List<JobRow> rows = Samples.campaign(50, 4);
        RunSummary summary = RunSummary.of(source("sum", rows));
        JsonNode json = new ObjectMapper().readTree(Files.readString(summary.write(folder)));
        long scored = rows.stream().filter(JobRow::isScored).count();
        assertThat(json.at("/jobs/total").asInt()).isEqualTo(50);
        assertThat(json.at("/jobs/done").asLong()).isEqualTo(scored);
        assertThat(json.at("/scored").asLong()).isEqualTo(scored);
        assertThat(json.at("/spent_usd").asDouble()).isEqualTo(summary.spent().inDollars());
        assertThat(json.at("/best")).hasSize(5);
        assertThat(json.at("/best/0/rank").asInt()).isEqualTo(1);
        assertThat(json.at("/worst/0/rank").asLong()).isEqualTo(scored);
        assertThat(json.at("/seconds").asDouble()).isPositive();
    }

    private String page(String title, List<JobRow> rows) throws Exception {
        return Files.readString(ReportPage.write(source(title, rows)));
    }

    private ReportSource source(String title, List<JobRow> rows) {
        return new ReportSource(
                folder, title, rows, Failures.of(rows), "plain/1", List.of(new ReportSource.Fact("seed", "7")));
    }

    private static JsonNode data(String page) throws Exception {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }
}
