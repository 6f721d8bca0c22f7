package dev.moviola.cli;

import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepBudget;
import dev.moviola.campaign.SweepLeft;
import dev.moviola.campaign.SweepPlan;
import dev.moviola.campaign.SweepProgress;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.campaign.SweepSummary;
import dev.moviola.dispatch.InterruptHandler;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Importance;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the sweep verb does and prints. */
public final class SweepSteps {
    private static final int SHOWN = 10;

    private SweepSteps() {}

    /**
     * Prints what a sweep would do.
     *
     * @param found what its budget was found to allow, if that is known
     */
    public static void plan(Console console, SweepSpec spec, int parallel, Optional<SweepBudget> found, boolean json) {
        SweepPlan plan = UsageException.check(() ->
                found.map(budget -> Sweep.plan(spec, parallel, budget)).orElseGet(() -> Sweep.plan(spec, parallel)));
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("sampler", plan.sampler());
            document.put("why", plan.why());
            document.put("trials", plan.trials());
            document.put("known", spec.known().size());
            document.put("parallel", parallel);
            document.put("dollars", plan.total().inDollars());
            document.put("seconds", seconds(plan.time()));
            document.put("budget", budget(plan.budget()));
            document.put("space", spec.space().toParameters().asMap());
            document.put(
                    "settings", plan.settings().stream().map(Parameters::asMap).toList());
            console.json(document);
            return;
        }
        if (!plan.settings().isEmpty()) {
            List<Parameters> settings =
                    plan.settings().stream().map(Sweep::flat).toList();
            List<String> names = spec.space().dimensions().stream()
                    .flatMap(dimension -> dimension.domain() instanceof Domain.Simplex simplex
                            ? simplex.parts().stream().map(part -> dimension.name() + "." + part)
                            : Stream.of(dimension.name()))
                    .toList();
            String[] headers = new String[names.size() + 1];
            headers[0] = ">trial";
            for (int i = 0; i < names.size(); i++) {
                headers[i + 1] = ">" + names.get(i);
            }
            TextTable table = new TextTable(headers);
            for (int i = 0; i < settings.size(); i++) {
                Object[] cells = new Object[headers.length];
                cells[0] = spec.known().size() + i;
                for (int c = 0; c < names.size(); c++) {
                    cells[c + 1] = settings.get(i)
                            .find(names.get(c))
                            .map(SweepSteps::text)
                            .orElse("");
                }
                table.row(cells);
            }
            console.print(table);
            console.print("");
        }
        if (!plan.complete()) {
            TextTable table = new TextTable("parameter", "drawn from", "when");
            for (Dimension dimension : spec.space().dimensions()) {
                table.row(
                        dimension.name(),
                        dimension.domain().toParameters().json(),
                        dimension.when().isEmpty() ? "always" : dimension.when().toString());
            }
            console.print(table);
            console.print("");
        }
        console.print("sampler  " + plan.why());
        console.print("trials   "
                + (plan.trials() == SweepSpec.OPEN_END && spec.time() != null
                        ? "as many as the time allows, " + SweepSpec.OPEN_END + " at most"
                        : plan.trials())
                + ", " + parallel + " at a time" + (spec.inOrder() > 0 ? " and in order" : "")
                + (spec.known().isEmpty() ? "" : ", after " + spec.known().size() + " known ones"));
        console.print("cost     " + plan.total() + (plan.total().ticks() == 0 ? "" : ", " + plan.each() + " each"));
        Duration time = plan.time();
        console.print("time     "
                + (time == null
                        ? "not known beforehand"
                        : "about " + Steps.human(time) + ", " + plan.budget().paceFrom()));
        budget(console, plan.budget());
    }

    /**
     * Prints what is left of the sweep in {@code folder}, and does nothing.
     *
     * @param options what it is to be gone on with
     * @return the exit code
     */
    public static int left(Console console, Path folder, SweepOptions options, boolean json) {
        SweepLeft left;
        try (Run run = Run.look(folder)) {
            options.agreeWith(Sweep.spec(run));
            left = Sweep.left(run).with(options.trials(), options.money(), options.time());
        }
        long allowed = left.budget().of(left.trials());
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run", folder.toAbsolutePath().normalize().toString());
            document.put("ended", left.ended());
            document.put("trials", allowed);
            document.put("spent_dollars", left.spent().inDollars());
            document.put("elapsed_seconds", seconds(left.elapsed()));
            document.put("budget", budget(left.budget()));
            console.json(document);
            return Exit.DONE;
        }
        console.print("so far   " + left.ended() + " trials have ended, " + left.spent() + " spent, "
                + Steps.human(left.elapsed()) + " worked");
        console.print("left     " + left.trials() + " trials"
                + (allowed < left.trials() ? ", of which the rest of the budget allows about " + allowed : ""));
        budget(console, left.budget());
        return Exit.DONE;
    }

    private static void budget(Console console, SweepBudget budget) {
        for (String sentence : List.of(budget.moneySentence(), budget.timeSentence())) {
            if (!sentence.isEmpty()) {
                console.print("budget   " + sentence);
            }
        }
    }

    private static Map<String, Object> budget(SweepBudget budget) {
        Map<String, Object> member = new LinkedHashMap<>();
        Money money = budget.money();
        Duration time = budget.time();
        member.put("dollars", money == null ? null : Double.valueOf(money.inDollars()));
        member.put("hours", time == null ? null : Double.valueOf(time.toMillis() / 3.6e6));
        member.put("trials_for_dollars", number(budget.byMoney()));
        member.put("trials_for_hours", number(budget.byTime()));
        member.put("dollars_each", budget.each().inDollars());
        member.put("dollars_each_from", budget.eachFrom());
        Duration pace = budget.pace();
        member.put("seconds_each", pace == null ? null : Double.valueOf(pace.toNanos() / 1e9));
        member.put("seconds_each_from", budget.paceFrom().isEmpty() ? null : budget.paceFrom());
        return member;
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    /**
     * Says what a sweep at a paid backend would do, and asks.
     *
     * @return whether to go ahead
     */
    public static boolean agree(Console console, SweepSpec spec, int parallel, boolean yes) {
        if (spec.command() != null || !spec.backend().name().equals("xai")) {
            return true;
        }
        SweepPlan plan = UsageException.check(() -> Sweep.plan(spec, parallel));
        console.note("plan: " + plan.trials() + " trials, " + plan.total() + " at the listed price");
        return console.confirm("Submit up to " + plan.trials() + " for " + plan.total() + "?", yes);
    }

    /**
     * Runs the trials that are left and prints what came of it.
     *
     * @return the exit code
     */
    public static int finish(Console console, Sweep sweep, int parallel, boolean json, long began) {
        SweepSpec spec = sweep.spec();
        console.note("sampler " + spec.choice().why());
        SweepSummary summary;
        boolean[] interrupted = {false};
        try (InterruptHandler handler = InterruptHandler.on(
                () -> {
                    interrupted[0] = true;
                    sweep.drain();
                },
                sweep::stop,
                console::note)) {
            summary = sweep.run(parallel, progress -> console.progress(line(spec, progress)));
        }
        console.clearProgress();
        List<TrialRecord> trials = sweep.study().trials();
        Path folder = sweep.run().folder();
        Path report = sweep.report();
        if (json) {
            console.json(document(sweep, summary, trials, report, (System.nanoTime() - began) / 1e9));
        } else {
            table(console, sweep, trials);
            importance(console, sweep, trials);
            console.print("");
            console.print("trials  " + folder.resolve("trials.csv"));
            Path sheet = folder.resolve("sheet.mp4");
            if (Files.exists(sheet)) {
                console.print("sheet   " + sheet);
            }
            Path charts = folder.resolve("charts");
            if (Files.exists(charts)) {
                console.print("charts  " + charts);
            }
            console.print("report  " + report);
            console.print("run     " + folder);
        }
        console.note(summary.complete() + " trials with a value, " + summary.failed() + " failed, in "
                + Steps.human(summary.elapsed()));
        trials.stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .limit(3)
                .forEach(trial -> console.warn("trial " + trial.number() + ": " + oneLine(trial.failure())));
        // As many trials as the time allows were asked for, and made.
        boolean filled = spec.trials() == SweepSpec.OPEN_END && summary.reason().equals(Sweep.TIME_IS_OVER);
        if (!summary.done()) {
            console.note((filled ? "it ended as its budget says: " : "it ended early: ") + summary.reason()
                    + "; go on with ./jbang sweep --resume " + folder);
        }
        if (interrupted[0]) {
            return Exit.INTERRUPTED;
        }
        if (summary.complete() == 0) {
            return Exit.NOTHING_USABLE;
        }
        return summary.failed() > 0 || !(summary.done() || filled) ? Exit.SOME_FAILED : Exit.DONE;
    }

    private static void table(Console console, Sweep sweep, List<TrialRecord> trials) {
        List<Goal> goals = sweep.spec().goals();
        List<TrialRecord> shown = goals.size() > 1
                ? sweep.study().front()
                : ranked(trials, goals.get(0).direction());
        if (shown.isEmpty()) {
            console.print("no trial has a value yet");
            return;
        }
        String[] headers = new String[goals.size() + 2];
        headers[0] = ">trial";
        for (int i = 0; i < goals.size(); i++) {
            headers[i + 1] = ">" + goals.get(i).metric();
        }
        headers[goals.size() + 1] = "settings";
        TextTable table = new TextTable(headers);
        for (TrialRecord trial : shown.subList(0, Math.min(SHOWN, shown.size()))) {
            Object[] cells = new Object[headers.length];
            cells[0] = trial.number();
            for (int i = 0; i < goals.size(); i++) {
                cells[i + 1] = text(trial.values().get(i));
            }
            cells[goals.size() + 1] = settings(trial);
            table.row(cells);
        }
        console.print(table);
        if (shown.size() > SHOWN) {
            console.print("… and " + (shown.size() - SHOWN) + " more");
        }
    }

    private static void importance(Console console, Sweep sweep, List<TrialRecord> trials) {
        Map<String, Double> shares = Importance.of(sweep.spec().space(), trials, 0);
        if (!shares.isEmpty()) {
            TextTable table = new TextTable("parameter", ">share of what matters");
            shares.forEach((name, share) -> table.row(name, String.format(Locale.ROOT, "%.0f %%", 100 * share)));
            console.print("");
            console.print(table);
        }
    }

    private static List<TrialRecord> ranked(List<TrialRecord> trials, Direction direction) {
        return trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .sorted(Comparator.comparingDouble(
                        trial -> direction.loss(trial.values().get(0))))
                .toList();
    }

    private static String line(SweepSpec spec, SweepProgress progress) {
        TrialRecord best = progress.best();
        return "trials " + progress.ended() + "/" + progress.total()
                + (progress.failed() > 0 ? "  failed " + progress.failed() : "")
                + (best == null
                        ? ""
                        : "  best " + spec.goals().get(0).metric() + " "
                                + text(best.values().get(0)) + " at " + settings(best));
    }

    private static Map<String, Object> document(
            Sweep sweep, SweepSummary summary, List<TrialRecord> trials, Path report, double seconds) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run", sweep.run().folder().toAbsolutePath().normalize().toString());
        document.put("report", report.toAbsolutePath().normalize().toString());
        document.put("files", files(sweep.run().folder()));
        document.put("sampler", sweep.spec().choice().sampler().name());
        document.put("why", sweep.spec().choice().why());
        document.put("complete", summary.complete());
        document.put("failed", summary.failed());
        document.put("open", summary.open());
        document.put("ended_early", summary.reason());
        document.put("dollars", sweep.run().ledger().tally().spent().inDollars());
        document.put("seconds", seconds);
        document.put("best", sweep.study().best().map(SweepSteps::member).orElse(null));
        document.put(
                "front", sweep.study().front().stream().map(SweepSteps::member).toList());
        document.put("importance", Importance.of(sweep.spec().space(), trials, 0));
        document.put("trials", trials.stream().map(SweepSteps::member).toList());
        return document;
    }

    private static List<String> files(Path folder) {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("trials.csv", "trials.json", "sheet.png", "sheet.mp4")) {
            files.add(folder.resolve(name));
        }
        Path charts = folder.resolve("charts");
        if (Files.isDirectory(charts)) {
            try (Stream<Path> pictures = Files.list(charts)) {
                pictures.sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files.stream()
                .filter(Files::isRegularFile)
                .map(file -> file.toAbsolutePath().normalize().toString())
                .toList();
    }

    private static Map<String, Object> member(TrialRecord trial) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("trial", trial.number());
        member.put("state", trial.state().name().toLowerCase(Locale.ROOT));
        member.put("settings", trial.settings().asMap());
        member.put("values", trial.values());
        member.put("failure", trial.failure());
        return member;
    }

    private static String settings(TrialRecord trial) {
        StringBuilder text = new StringBuilder();
        Sweep.flat(trial.settings()).asMap().forEach((name, value) -> text.append(text.length() == 0 ? "" : ", ")
                .append(name)
                .append(' ')
                .append(text(value)));
        return text.toString();
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4g", number) : String.valueOf(value);
    }

    private static String oneLine(@Nullable String text) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : Double.valueOf(time.toMillis() / 1e3);
    }
}
