package dev.moviola.report.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.Metric;
import dev.moviola.defect.Metrics;
import dev.moviola.defect.PhysicsFinding;
import dev.moviola.frame.Charts;
import dev.moviola.frame.Effect;
import dev.moviola.frame.Effects;
import dev.moviola.frame.FailureGroup;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.LastSubmission;
import dev.moviola.frame.ModifierName;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.report.ReportOptions;
import dev.moviola.report.ReportSource;
import dev.moviola.report.Roast;
import dev.moviola.report.RunSummary;
import dev.moviola.report.SweepFindings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page's script draws, as one JSON object; {@code rows} is a struct of arrays, and other parts name
 * rows and modifiers by their index.
 */
public final class PageData {
    /** Scores beside the overall score and the defects that the panel of a clip shows. */
    static final List<String> EXTRAS = List.of("physics", "sharpness", "naturalness", "motion");

    private static final long PROMPT_BUDGET = 6_000_000;
    private static final int LONGEST_TEXT = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String json;
    private final String charts;
    private final String sweepCharts;

    private PageData(String json, String charts, String sweepCharts) {
        this.json = json;
        this.charts = charts;
        this.sweepCharts = sweepCharts;
    }

    /** Collects the data. */
    public static PageData of(
            ReportSource source, ReportOptions options, Map<JobKey, String> posters, Optional<SheetFiles> sheet) {
        List<JobRow> rows = source.rows();
        List<Effect> effects = Effects.of(rows);
        List<ModifierName> modifiers = modifiers(rows);
        Map<ModifierName, Integer> modifierIndex = index(modifiers);
        Map<JobKey, Integer> rowIndex = new HashMap<>();
        rows.forEach(row -> rowIndex.put(row.key(), rowIndex.size()));
        List<JobRow> worst = worstFirst(rows);

        Map<String, Object> timelines = new LinkedHashMap<>();
        Map<String, Object> roasts = new LinkedHashMap<>();
        List<Integer> offenders = new ArrayList<>();
        for (int i = 0; i < worst.size() && i < Math.max(options.timelines(), options.offenders()); i++) {
            JobRow row = worst.get(i);
            int place = rowIndex.getOrDefault(row.key(), 0);
            Optional<DefectReport> report = source.defects(row);
            if (i < options.timelines()) {
                report.ifPresent(found -> timelines.put(String.valueOf(place), timeline(found)));
            }
            report.ifPresent(found -> roasts.put(
                    String.valueOf(place),
                    Roast.of(found, row.modifiers(), options.seed()).text()));
            if (i < options.offenders()) {
                offenders.add(place);
            }
        }

        Map<String, Object> data = new LinkedHashMap<>();
        data.put("subtitle", subtitle(source));
        data.put("tiles", tiles(source, effects));
        data.put("facts", facts(source));
        data.put("defects", defects());
        data.put("extras", EXTRAS);
        data.put(
                "modifiers",
                modifiers.stream()
                        .map(name -> List.of(name.pool(), name.text()))
                        .toList());
        data.put("rows", rows(source, modifierIndex, posters));
        data.put("worst", offenders);
        data.put("roasts", roasts);
        data.put("timelines", timelines);
        data.put("effects", effects(effects, modifierIndex));
        data.put("failures", source.failures().stream().map(PageData::failure).toList());
        data.put("metrics", Metrics.all().stream().map(PageData::metric).toList());
        SweepFindings sweep = source.sweep();
        if (sweep != null) {
            Map<String, Integer> rowOfClip = new HashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                Artefact clip = rows.get(i).clip();
                if (clip != null) {
                    rowOfClip.putIfAbsent(clip.sha256(), i);
                }
            }
            data.put("sweep", SweepSection.data(sweep, rowOfClip, sheet));
        }
        return new PageData(
                write(data), charts(rows, effects), sweep == null ? "" : SweepSection.charts(sweep.study()));
    }

    /** Scored rows, the lowest overall score first. */
    public static List<JobRow> worstFirst(List<JobRow> rows) {
        return rows.stream()
                .filter(JobRow::isScored)
                .sorted(Comparator.comparingDouble(JobRow::overall).thenComparingLong(JobRow::sequence))
                .toList();
    }

    /** The JSON text; holds no {@code <}, so that it cannot end the script element that it stands in. */
    public String json() {
        return json;
    }

    /** The section of charts as HTML, empty when there are none. */
    public String charts() {
        return charts;
    }

    /** The charts of the sweep as HTML, empty when there is none. */
    public String sweepCharts() {
        return sweepCharts;
    }

    private static String charts(List<JobRow> rows, List<Effect> effects) {
        StringBuilder figures = new StringBuilder();
        if (rows.stream().anyMatch(JobRow::isScored)) {
            figures.append(Figures.of(theme -> Charts.distribution(rows, theme)));
        }
        if (effects.stream().anyMatch(effect -> !Double.isNaN(effect.estimate()))) {
            figures.append(Figures.of(theme -> Charts.effects(effects, theme)));
        }
        if (rows.stream().anyMatch(row -> row.last() != null)) {
            figures.append(Figures.of(theme -> Charts.progress(rows, theme)));
        }
        return figures.length() == 0
                ? ""
                : "<section aria-labelledby=\"charts-title\"><h2 id=\"charts-title\">Charts</h2><div class=\"charts\">"
                        + figures + "</div></section>";
    }

    private static Map<String, Object> rows(
            ReportSource source, Map<ModifierName, Integer> modifierIndex, Map<JobKey, String> posters) {
        List<JobRow> rows = source.rows();
        int longest = (int) Math.max(200, Math.min(4_000, PROMPT_BUDGET / Math.max(1, rows.size())));
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        for (JobRow row : rows) {
            Artefact clip = row.clip();
            boolean present = source.clipFile(row).isPresent();
            LastSubmission last = row.last();
            Failure failure = row.failure();
            put(columns, "key", row.key().hex());
            put(columns, "seq", row.sequence());
            put(columns, "rank", row.rank());
            put(columns, "prompt", cut(row.prompt(), longest));
            put(columns, "cut", row.prompt().length() > longest ? row.prompt().length() : 0);
            put(
                    columns,
                    "mods",
                    row.modifiers().stream()
                            .map(name -> modifierIndex.getOrDefault(name, 0))
                            .distinct()
                            .toList());
            put(columns, "state", row.state().name());
            put(columns, "attempts", row.attempts());
            put(columns, "failure", failure == null ? null : failure.category().name());
            put(columns, "message", failure == null ? null : cut(failure.message(), LONGEST_TEXT));
            put(columns, "device", last == null ? null : last.device());
            put(columns, "external", last == null ? null : last.externalId());
            put(columns, "latency", last == null ? null : rounded(last.seconds(), 3));
            put(columns, "cost", last == null ? null : row.cost().inDollars());
            put(columns, "sha", clip == null ? null : clip.sha256());
            put(columns, "clip", clip == null || !present ? null : url(clip.path()));
            put(columns, "missing", clip != null && !present ? 1 : 0);
            put(columns, "poster", posters.get(row.key()));
            put(columns, "overall", rounded(row.overall(), 2));
            put(columns, "overallRelative", rounded(row.relative().getOrDefault("overall", Double.NaN), 2));
            put(columns, "scores", row.isScored() ? values(defectIds(), row.metrics()) : null);
            put(columns, "relative", row.relative().isEmpty() ? null : values(defectIds(), row.relative()));
            put(columns, "extra", row.isScored() ? values(EXTRAS, row.metrics()) : null);
        }
        if (rows.isEmpty()) {
            for (String name : List.of("seq", "rank", "state", "key", "prompt", "mods")) {
                columns.put(name, List.of());
            }
        }
        return new LinkedHashMap<>(columns);
    }

    private static void put(Map<String, List<@Nullable Object>> columns, String name, @Nullable Object value) {
        columns.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private static List<@Nullable Object> values(List<String> ids, Map<String, Double> metrics) {
        List<@Nullable Object> list = new ArrayList<>();
        ids.forEach(id -> list.add(rounded(metrics.getOrDefault(id, Double.NaN), 3)));
        return list;
    }

    /** Lanes hold one byte for each frame, 0..100, so that a few hundred clips stay small. */
    private static Map<String, Object> timeline(DefectReport report) {
        Map<String, Object> lanes = new LinkedHashMap<>();
        report.timelines().forEach((id, line) -> {
            byte[] bytes = new byte[line.length];
            for (int i = 0; i < line.length; i++) {
                bytes[i] = (byte) Math.round(100 * Math.max(0, Math.min(1, line[i])));
            }
            lanes.put(id, Base64.getEncoder().encodeToString(bytes));
        });
        Map<String, Object> timeline = new LinkedHashMap<>();
        timeline.put("fps", rounded(report.video().fps(), 3));
        timeline.put("seconds", rounded(Roast.seconds(report), 3));
        timeline.put("lanes", lanes);
        timeline.put("cuts", report.cuts());
        timeline.put("objects", report.physics().objects());
        timeline.put(
                "physics",
                report.physics().findings().stream().map(PageData::finding).toList());
        return timeline;
    }

    private static Map<String, Object> finding(PhysicsFinding finding) {
        return Map.of(
                "kind", finding.kind(),
                "seconds", finding.seconds(),
                "strength", finding.strength(),
                "text", finding.text());
    }

    private static List<Map<String, Object>> effects(List<Effect> effects, Map<ModifierName, Integer> modifierIndex) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Effect effect : effects) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mod", modifierIndex.getOrDefault(effect.modifier(), 0));
            entry.put("metric", effect.metric());
            entry.put("n", effect.with());
            entry.put("n0", effect.without());
            entry.put("diff", effect.difference());
            entry.put("low", rounded(effect.low(), 6));
            entry.put("high", rounded(effect.high(), 6));
            entry.put("est", rounded(effect.estimate(), 6));
            entry.put("estLow", rounded(effect.estimateLow(), 6));
            entry.put("estHigh", rounded(effect.estimateHigh(), 6));
            entry.put("q", Double.isNaN(effect.q()) ? null : effect.q());
            entry.put("clear", effect.isClear());
            list.add(entry);
        }
        return list;
    }

    private static Map<String, Object> failure(FailureGroup group) {
        List<String> billed = new ArrayList<>();
        for (Billed kind : Billed.values()) {
            int times = group.billed().getOrDefault(kind, 0);
            if (times > 0) {
                billed.add(times + " "
                        + (kind == Billed.UNKNOWN ? "not known" : kind.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
        return Map.of(
                "category", group.category().name(),
                "submissions", group.submissions(),
                "jobs", group.jobs(),
                "billed", String.join(", ", billed),
                "messages",
                        group.messages().stream()
                                .map(message -> List.of(cut(message.text(), LONGEST_TEXT), message.times()))
                                .toList());
    }

    private static Map<String, Object> metric(Metric metric) {
        return Map.of(
                "id", metric.id(),
                "meaning", metric.meaning(),
                "range", metric.range(),
                "up", metric.higherIsBetter(),
                "source", metric.source());
    }

    private static List<Map<String, String>> defects() {
        List<Map<String, String>> list = new ArrayList<>();
        for (Defect defect : Defect.values()) {
            list.add(Map.of("id", defect.id(), "summary", defect.summary()));
        }
        return list;
    }

    private static List<String> defectIds() {
        return dev.moviola.frame.Columns.defectIds();
    }

    private static List<ModifierName> modifiers(List<JobRow> rows) {
        TreeSet<ModifierName> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.modifiers()));
        return List.copyOf(names);
    }

    private static Map<ModifierName, Integer> index(List<ModifierName> names) {
        Map<ModifierName, Integer> index = new HashMap<>();
        names.forEach(name -> index.put(name, index.size()));
        return index;
    }

    private static String subtitle(ReportSource source) {
        List<String> backends = source.rows().stream()
                .map(JobRow::last)
                .filter(java.util.Objects::nonNull)
                .map(last -> ((LastSubmission) last).backend())
                .distinct()
                .toList();
        List<String> parts = new ArrayList<>();
        SweepFindings sweep = source.sweep();
        if (sweep != null) {
            int trials = sweep.study().trials().size();
            parts.add(trials + (trials == 1 ? " trial" : " trials"));
        }
        if (sweep == null || !source.rows().isEmpty()) {
            parts.add(source.rows().size() + (source.rows().size() == 1 ? " job" : " jobs"));
        }
        if (!backends.isEmpty()) {
            parts.add(String.join(", ", backends));
        }
        if (!source.scorer().isEmpty()) {
            parts.add("scored by " + source.scorer());
        }
        return String.join(" · ", parts);
    }

    private static List<List<String>> tiles(ReportSource source, List<Effect> effects) {
        RunSummary summary = RunSummary.of(source);
        List<List<String>> tiles = new ArrayList<>();
        SweepFindings sweep = source.sweep();
        if (sweep != null) {
            tiles.addAll(SweepSection.tiles(sweep.study()));
        }
        if (source.rows().isEmpty() && sweep != null) {
            return tiles;
        }
        long done = summary.count(JobState.DONE);
        tiles.add(List.of(done + " / " + source.rows().size(), "clips done"));
        long failed = summary.count(JobState.FAILED);
        if (failed > 0) {
            tiles.add(List.of(String.valueOf(failed), failed == 1 ? "job failed" : "jobs failed"));
        }
        Double median = summary.medianOverall();
        if (median != null) {
            tiles.add(List.of(String.valueOf(Math.round(median)), "median quality of 100"));
            if (sweep == null) {
                tiles.add(clear(effects));
            }
        }
        tiles.add(List.of(dollars(summary.spent()), "spent"));
        Double seconds = summary.seconds();
        if (seconds != null) {
            tiles.add(List.of(duration(seconds), "from first to last clip"));
        }
        return tiles;
    }

    private static List<String> clear(List<Effect> effects) {
        long clear = effects.stream()
                .filter(Effect::isClear)
                .map(Effect::modifier)
                .distinct()
                .count();
        return List.of(
                String.valueOf(clear), clear == 1 ? "modifier with a clear effect" : "modifiers with a clear effect");
    }

    private static String dollars(Money money) {
        return money.ticks() % (Money.TICKS_PER_DOLLAR / 100) == 0
                ? money.toString()
                : String.format(java.util.Locale.ROOT, "$%.2f", money.inDollars());
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        return whole < 7_200 ? whole / 60 + " min" : whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
    }

    private static List<List<String>> facts(ReportSource source) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("folder", String.valueOf(source.folder().getFileName())));
        if (!source.scorer().isEmpty()) {
            facts.add(List.of("scorer", source.scorer()));
        }
        source.facts().forEach(fact -> facts.add(List.of(fact.name(), cut(fact.value(), LONGEST_TEXT))));
        return facts;
    }

    private static @Nullable Double rounded(double value, int digits) {
        if (!Double.isFinite(value)) {
            return null;
        }
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    private static String url(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String write(Map<String, Object> data) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = JSON.getFactory().createGenerator(out)) {
            generator.setCharacterEscapes(new WithoutMarkup());
            JSON.writeValue(generator, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static final class WithoutMarkup extends CharacterEscapes {
        private static final int[] ESCAPES = CharacterEscapes.standardAsciiEscapesForJSON();

        static {
            ESCAPES['<'] = CharacterEscapes.ESCAPE_STANDARD;
            ESCAPES['>'] = CharacterEscapes.ESCAPE_STANDARD;
            ESCAPES['&'] = CharacterEscapes.ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ESCAPES;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int code) {
            return code == 0x2028 || code == 0x2029 ? new SerializedString(String.format("\\u%04x", code)) : null;
        }
    }
}
