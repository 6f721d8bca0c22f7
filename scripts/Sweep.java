//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.campaign.SweepSpec;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.Steps;
import dev.moviola.cli.SweepOptions;
import dev.moviola.cli.SweepResume;
import dev.moviola.cli.SweepSteps;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.Verb;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sweep",
        sortOptions = false,
        description = "Searches for the settings of a generator, or of any program, that give the best score.",
        footer = {
            "",
            "A program is given {NAME} of each parameter, {NAME.PART} of each weight, {trial}, and {settings}, which is a"
                    + " JSON object of all. It prints a number, or a JSON object of numbers, last.",
            "",
            "Examples:",
            "  ./jbang sweep",
            "  ./jbang sweep --space space.yaml --sampler tpe --trials 40 --metric melt --minimize",
            "  ./jbang sweep --space space.yaml --command 'python train.py --lr {lr} --layers {layers}'",
            "  ./jbang sweep --minimize melt --maximize overall --trials 200",
            "  ./jbang sweep --budget-hours 8 --plan",
            "  ./jbang sweep --resume runs/2026-11-22T131502_sweep-melt"
        })
class Sweep extends Verb {
    @Mixin
    private SweepOptions options;

    @Option(names = "--parallel", paramLabel = "N", description = "How many trials at a time. Default: processors.")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Option(names = "--plan", description = "Print every trial, the cost, the time and what the budget allows, and do nothing. With --resume: what is left.")
    private boolean plan;

    @Option(
            names = {"--resume", "--run"},
            paramLabel = "RUN",
            description = "Go on with the sweep in this run folder, with more --trials, another budget or other --enqueue if"
                    + " given; all else stays as it was frozen. While another process works on it, this one helps.")
    private Path resume;

    @Option(names = "--needed", description = "Take over clips, and values of the same program, that earlier runs made with the same settings.")
    private boolean needed;

    @Option(names = "--yes", description = "Do not ask before money is spent.")
    private boolean yes;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs lie. Default: runs.")
    private Path runs;

    public static void main(String... args) {
        Verb.main(new Sweep(), args);
    }

    @Override
    protected int run(Console console) throws Exception {
        long began = System.nanoTime();
        if (parallel < 1 || parallel > 1_000) {
            throw new UsageException("--parallel must be in 1..1000, but was " + parallel);
        }
        if (resume != null) {
            return plan
                    ? SweepSteps.left(console, resume, options, json())
                    : SweepResume.run(
                            console, resume, parallel, json(), options, sweep -> finish(console, sweep, began));
        }
        SweepSpec spec = options.spec(parallel);
        if (plan) {
            SweepSteps.plan(console, spec, parallel, options.budget(), json());
            return Exit.DONE;
        }
        Steps.keys(console, spec.backend());
        if (!SweepSteps.agree(console, spec, parallel, yes)) {
            return Exit.NOTHING_USABLE;
        }
        try (var sweep = UsageException.check(() -> dev.moviola.campaign.Sweep.start(runs, spec))) {
            console.note("run " + sweep.run().folder());
            return finish(console, sweep, began);
        }
    }

    private int finish(Console console, dev.moviola.campaign.Sweep sweep, long began) {
        if (needed) {
            sweep.needed(runs);
        }
        return SweepSteps.finish(console, sweep, parallel, json(), began);
    }
}
