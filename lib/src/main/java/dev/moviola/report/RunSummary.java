package dev.moviola.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.moviola.MoviolaException;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.LastSubmission;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in one small JSON object, summary.json.
 *
 * @param run name of the run folder
 * @param title heading of the run
 * @param states how many jobs stand in each state, states without a job are absent
 * @param spent what all submissions cost, listed price where no charge is known
 * @param seconds from the first intent to the last end, null when nothing ended
 * @param scorer the scorer of the scores, empty when nothing is scored
 * @param scored how many jobs have an overall score
 * @param medianOverall median of the overall scores 0..100, null when there are none
 * @param best up to five jobs with the highest overall score, best first
 * @param worst up to five with the lowest, worst first
 */
public record RunSummary(
        String run,
        String title,
        Map<JobState, Long> states,
        Money spent,
        @Nullable Double seconds,
        String scorer,
        int scored,
        @Nullable Double medianOverall,
        List<JobRow> best,
        List<JobRow> worst) {
    /** Name of the file in the run folder. */
    public static final String FILE = "summary.json";

    private static final int SHOWN = 5;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the collections. */
    public RunSummary {
        states = java.util.Collections.unmodifiableMap(new TreeMap<>(states));
        best = List.copyOf(best);
        worst = List.copyOf(worst);
    }

    /** The summary of a source. */
    public static RunSummary of(ReportSource source) {
        Map<JobState, Long> states = new TreeMap<>();
        Money spent = Money.ZERO;
        Instant first = null;
        Instant end = null;
        for (JobRow row : source.rows()) {
            states.merge(row.state(), 1L, Long::sum);
            spent = spent.plus(row.cost());
            LastSubmission last = row.last();
            if (last != null) {
                Instant ended = last.ended();
                first = first == null || last.intended().isBefore(first) ? last.intended() : first;
                end = ended != null && (end == null || ended.isAfter(end)) ? ended : end;
            }
        }
        List<JobRow> ranking = source.rows().stream()
                .filter(JobRow::isScored)
                .sorted(Comparator.comparingDouble(JobRow::overall).thenComparingLong(JobRow::sequence))
                .toList();
        List<JobRow> best = new ArrayList<>(ranking.subList(Math.max(0, ranking.size() - SHOWN), ranking.size()));
        java.util.Collections.reverse(best);
        return new RunSummary(
                String.valueOf(source.folder().getFileName()),
                source.title(),
                states,
                spent,
                first == null || end == null
                        ? null
                        : Duration.between(first, end).toMillis() / 1e3,
                source.scorer(),
                ranking.size(),
                median(ranking),
                best,
                ranking.subList(0, Math.min(SHOWN, ranking.size())));
    }

    /** How many jobs stand in {@code state}. */
    public long count(JobState state) {
        return states.getOrDefault(state, 0L);
    }

    /** The summary as a JSON tree: run, title, jobs (total and by state), spent_usd, seconds, scorer … */
    public Map<String, Object> asMap() {
        Map<String, Object> jobs = new LinkedHashMap<>();
        jobs.put("total", states.values().stream().mapToLong(Long::longValue).sum());
        for (JobState state : JobState.values()) {
            jobs.put(state.name().toLowerCase(Locale.ROOT), count(state));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("run", run);
        map.put("title", title);
        map.put("jobs", jobs);
        map.put("spent_usd", spent.inDollars());
        putIfKnown(map, "seconds", seconds);
        map.put("scorer", scorer);
        map.put("scored", scored);
        putIfKnown(map, "median_overall", medianOverall);
        map.put("best", best.stream().map(RunSummary::brief).toList());
        map.put("worst", worst.stream().map(RunSummary::brief).toList());
        return map;
    }

    /** {@link #asMap()} as text. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(asMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers can always be written", e);
        }
    }

    /**
     * Writes summary.json into {@code folder}, replacing an earlier one.
     *
     * @throws MoviolaException when the file cannot be written
     */
    public Path write(Path folder) {
        Path file = folder.resolve(FILE);
        Path unfinished = folder.resolve(FILE + ".part");
        try {
            Files.writeString(unfinished, toJson() + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MoviolaException("the summary cannot be written to " + file + ": " + e.getMessage(), e);
        }
        return file;
    }

    private static @Nullable Double median(List<JobRow> ranking) {
        if (ranking.isEmpty()) {
            return null;
        }
        int half = ranking.size() / 2;
        return ranking.size() % 2 == 1
                ? ranking.get(half).overall()
                : (ranking.get(half - 1).overall() + ranking.get(half).overall()) / 2;
    }

    private static Map<String, Object> brief(JobRow row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("job", row.key().hex());
        map.put("rank", row.rank());
        map.put("overall", row.overall());
        Artefact clip = row.clip();
        putIfKnown(map, "clip", clip == null ? null : clip.path());
        map.put("modifiers", row.modifiers().stream().map(Object::toString).toList());
        return map;
    }

    private static void putIfKnown(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
