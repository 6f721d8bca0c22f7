package dev.moviola.cli;

import dev.moviola.backend.Keys;
import dev.moviola.campaign.BackendSpec;
import dev.moviola.campaign.Backends;
import dev.moviola.campaign.Campaign;
import dev.moviola.campaign.CampaignPlan;
import dev.moviola.campaign.CampaignSpec;
import dev.moviola.campaign.ScoringSummary;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.EndReason;
import dev.moviola.dispatch.InterruptHandler;
import dev.moviola.display.Progress;
import dev.moviola.frame.Columns;
import dev.moviola.frame.Effect;
import dev.moviola.frame.Effects;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.JobRows;
import dev.moviola.frame.ModifierName;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a campaign as the verbs show them: a live line while they run, a sentence when they end. */
public final class Steps {
    private static final int RANKED = 10;
    private static final int HURTING = 8;

    private Steps() {}

    /**
     * Looks whether the backend has the key that it needs, and warns where that is kept carelessly.
     *
     * @throws dev.moviola.backend.MissingKeyException when there is none
     */
    public static void keys(Console console, BackendSpec backend) {
        if (backend.name().equals("xai")) {
            Keys keys = Keys.standard();
            keys.warnings().forEach(console::warn);
            keys.require(Keys.XAI);
        }
    }

    /**
     * Says what a dispatch would do and, where that costs money, asks.
     *
     * @return whether to go ahead
     */
    public static boolean agree(Console console, Campaign campaign, DispatchFlags flags) {
        CampaignPlan plan = campaign.plan(flags.only());
        console.note("plan: " + plan.sentence());
        if (plan.free() || plan.submissions() == 0) {
            return true;
        }
        return console.confirm("Submit " + plan.submissions() + " for " + plan.total() + "?", flags.yes());
    }

    /**
     * Makes the run of a campaign that its backend can do something with.
     *
     * @throws UsageException when it would refuse every job
     */
    public static Campaign start(Path runs, CampaignSpec spec) {
        return Campaign.start(runs, UsageException.check(() -> {
            Backends.check(spec);
            return spec;
        }));
    }

    /**
     * Dispatches, scores and reports what is left of a campaign, and prints what came of it. A Ctrl+C in the first two
     * ends it.
     *
     * @param json whether one document is to be printed instead of tables
     * @param began when the verb began, of {@link System#nanoTime}
     * @return the exit code
     */
    public static int finish(Console console, Campaign campaign, DispatchFlags flags, boolean json, long began) {
        Run run = campaign.run();
        DispatchSummary summary = dispatch(console, campaign, flags);
        Path report = null;
        boolean interrupted =
                isInterrupted(summary) || score(console, run, "resume").stopped();
        if (!interrupted) {
            report = campaign.report();
        }
        if (json) {
            Map<String, Object> document = json(run, report, (System.nanoTime() - began) / 1e9);
            rank(document, run);
            console.json(document);
        } else {
            if (report != null) {
                table(console, run);
                console.print("");
                console.print("report  " + report);
            }
            console.print("run     " + run.folder());
        }
        return interrupted ? Exit.INTERRUPTED : exit(summary, run.ledger().tally());
    }

    /** Dispatches with a live line; Ctrl+C drains, a second one stops. */
    public static DispatchSummary dispatch(Console console, Campaign campaign, DispatchFlags flags) {
        InterruptHandler[] handler = new InterruptHandler[1];
        try {
            DispatchSummary summary = campaign.dispatch(flags.options(), console, (dispatcher, running) -> {
                if (running) {
                    handler[0] = InterruptHandler.on(dispatcher, console::note);
                }
            });
            if (isInterrupted(summary)) {
                console.note("go on with ./jbang resume " + campaign.run().folder());
            } else if (summary.count(JobState.UNKNOWN) > 0) {
                console.note("look at those without an answer with ./jbang status, then resume with --resubmit-unknown"
                        + " if they may be paid for again");
            }
            return summary;
        } finally {
            if (handler[0] != null) {
                handler[0].close();
            }
        }
    }

    /**
     * Scores what is not scored of any run, with a live line; Ctrl+C ends it after the clips in hand, a second one at
     * once.
     *
     * @param goOn the verb that goes on where it was ended
     */
    public static ScoringSummary score(Console console, Run run, String goOn) {
        InterruptHandler[] handler = new InterruptHandler[1];
        try {
            ScoringSummary summary = Campaign.score(
                    run,
                    console,
                    scoring -> handler[0] = InterruptHandler.on(
                            new InterruptHandler.Answer(
                                    "finishing the clips in hand; press Ctrl+C again to stop at once", scoring::stop),
                            new InterruptHandler.Answer("stopping; " + goOn + " scores the rest", scoring::halt),
                            console::note));
            summary.failures().stream().limit(5).forEach(failure -> console.warn("not scored: " + failure));
            if (summary.stopped()) {
                console.note("go on with ./jbang " + goOn + " " + run.folder());
            }
            return summary;
        } finally {
            if (handler[0] != null) {
                handler[0].close();
            }
        }
    }

    /** The ranked table of a run and the modifiers that hurt most. */
    public static void table(Console console, Run run) {
        List<JobRow> rows = JobRows.of(run.ledger());
        List<JobRow> ranked = rows.stream()
                .filter(JobRow::isScored)
                .sorted(Comparator.comparingInt(JobRow::rank))
                .toList();
        if (ranked.isEmpty()) {
            console.print("no clip is scored yet");
            return;
        }
        TextTable table = new TextTable(">rank", ">overall", "worst defect", ">score", "prompt");
        int shown = Math.min(RANKED, ranked.size());
        ranked.subList(0, shown).forEach(row -> add(table, row));
        if (ranked.size() > shown) {
            int tail = Math.max(shown, ranked.size() - RANKED / 2);
            if (tail > shown) {
                table.row("…", "", "", "", (tail - shown) + " more");
            }
            ranked.subList(tail, ranked.size()).forEach(row -> add(table, row));
        }
        console.print(table);
        List<Effect> effects = hurting(rows);
        if (!effects.isEmpty()) {
            console.print("");
            TextTable worst = new TextTable("modifier that hurts", ">overall", ">95 % interval", ">clips");
            for (Effect effect : effects) {
                worst.row(
                        effect.modifier().text(),
                        String.format(Locale.ROOT, "%+.1f", effect.estimate()),
                        String.format(Locale.ROOT, "%+.1f … %+.1f", effect.estimateLow(), effect.estimateHigh()),
                        effect.with());
            }
            console.print(worst);
            if (effects.stream().noneMatch(Effect::isLikely)) {
                console.print("(chance may explain each of these; more variants narrow the intervals)");
            }
        }
    }

    /** The modifiers that are estimated to lower the overall score most, worst first. */
    public static List<Effect> hurting(List<JobRow> rows) {
        return Effects.of(rows, List.of("overall")).stream()
                .filter(effect -> effect.estimate() < 0)
                .sorted(Comparator.comparingDouble(Effect::estimate))
                .limit(HURTING)
                .toList();
    }

    /** The members that every verb on a run prints with {@code --json}. */
    public static Map<String, Object> json(Run run, @Nullable Path report, double seconds) {
        Tally tally = run.ledger().tally();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run", run.folder().toAbsolutePath().normalize().toString());
        document.put(
                "report",
                report == null ? null : report.toAbsolutePath().normalize().toString());
        Path table = run.folder().resolve("scores.csv");
        document.put(
                "table",
                Files.isRegularFile(table) ? table.toAbsolutePath().normalize().toString() : null);
        document.put("counts", counts(tally));
        document.put("submissions", tally.submissions());
        document.put("paid", tally.paid());
        document.put(
                "spend",
                members(
                        "dollars",
                        tally.spent().inDollars(),
                        "ticks",
                        tally.spent().ticks()));
        document.put("seconds", seconds);
        return document;
    }

    /** Best and worst clips for {@code --json}. */
    public static void rank(Map<String, Object> document, Run run) {
        List<JobRow> rows = JobRows.of(run.ledger());
        List<Map<String, Object>> ranked = rows.stream()
                .filter(JobRow::isScored)
                .sorted(Comparator.comparingInt(JobRow::rank))
                .map(row -> members(
                        "rank", row.rank(),
                        "overall", row.overall(),
                        "job", row.key().hex(),
                        "prompt", cut(row.prompt())))
                .toList();
        document.put("best", ranked.subList(0, Math.min(5, ranked.size())));
        document.put("worst", ranked.subList(Math.max(0, ranked.size() - 5), ranked.size()));
        document.put(
                "hurting",
                hurting(rows).stream()
                        .map(effect -> members(
                                "modifier", effect.modifier().text(),
                                "pool", effect.modifier().pool(),
                                "estimate", effect.estimate(),
                                "low", effect.estimateLow(),
                                "high", effect.estimateHigh(),
                                "difference", effect.difference(),
                                "clips", effect.with()))
                        .toList());
    }

    /** Every state with its count, zeros included, so that a reader need not guess. */
    public static Map<String, Long> counts(Tally tally) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JobState state : JobState.values()) {
            counts.put(state.name().toLowerCase(Locale.ROOT), tally.count(state));
        }
        return counts;
    }

    /** The exit code of a verb that leaves a run in this state. */
    public static int exit(Tally tally) {
        if (tally.total() == 0 || tally.count(JobState.DONE) == 0) {
            return Exit.NOTHING_USABLE;
        }
        return tally.count(JobState.FAILED) + tally.count(JobState.CANCELLED) + tally.count(JobState.UNKNOWN) > 0
                ? Exit.SOME_FAILED
                : Exit.DONE;
    }

    /** The exit code of a verb whose dispatch ended like this and leaves a run in this state. */
    public static int exit(DispatchSummary summary, Tally tally) {
        if (isInterrupted(summary)) {
            return Exit.INTERRUPTED;
        }
        boolean heldUp = summary.reason() != EndReason.COMPLETE && summary.reason() != EndReason.ENOUGH;
        int exit = exit(tally);
        return exit == Exit.DONE && heldUp ? Exit.SOME_FAILED : exit;
    }

    private static boolean isInterrupted(DispatchSummary summary) {
        return summary.reason() == EndReason.DRAINED || summary.reason() == EndReason.STOPPED;
    }

    /** A time in few characters. */
    public static String human(Duration duration) {
        return Progress.human(duration);
    }

    /** A failure in one line. */
    public static String brief(@Nullable Failure failure) {
        return failure == null ? "" : failure.category() + ": " + cut(failure.message());
    }

    private static void add(TextTable table, JobRow row) {
        String worst = "";
        double most = 0;
        for (String id : Columns.defectIds()) {
            double value = row.metric(id);
            if (value > most) {
                most = value;
                worst = id;
            }
        }
        table.row(
                row.rank(),
                number(row.overall()),
                worst.isEmpty() ? "none" : worst,
                worst.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", most),
                row.modifiers().isEmpty() ? cut(row.prompt()) : cut(row.prompt()) + modifiers(row));
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return members;
    }

    private static String modifiers(JobRow row) {
        return row.prompt().contains(row.modifiers().get(0).text())
                ? ""
                : "  ["
                        + String.join(
                                " + ",
                                row.modifiers().stream().map(ModifierName::text).toList()) + "]";
    }

    private static String cut(String text) {
        return text.length() <= 160 ? text : text.substring(0, 160) + "…";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
