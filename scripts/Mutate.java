//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.campaign.Campaign;
import dev.moviola.campaign.CampaignSpec;
import dev.moviola.cli.BackendOptions;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.LimitOptions;
import dev.moviola.cli.MutationOptions;
import dev.moviola.cli.Steps;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.VariantWriter;
import dev.moviola.cli.Verb;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.prompt.Mutator;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "mutate",
        sortOptions = false,
        description = "Makes variants of prompts by adding modifiers that are known to trouble video generators.",
        footer = {
            "",
            "Examples:",
            "  ./jbang mutate",
            "  ./jbang mutate \"samurai vs T-rex\" --variants 24 --strategy pairwise",
            "  ./jbang mutate --prompts bases.txt --total 10000 --pool mine.yaml --out variants.jsonl",
            "  ./jbang mutate --run --total 40 --duration 2     then: ./jbang dispatch --only 5"
        })
class Mutate extends Verb {
    @Mixin
    private MutationOptions mutation;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the variants to a file, one JSON object a line.")
    private Path out;

    @Option(
            names = "--run",
            description = "Make a run with the variants as its jobs, which dispatch, score and report then take up.")
    private boolean intoRun;

    @Option(names = "--title", paramLabel = "TEXT", description = "Names the run. Default: the first prompt.")
    private String title;

    @Option(names = "--runs", paramLabel = "DIR", description = "Where runs lie. Default: runs.")
    private Path runs;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private LimitOptions limits;

    @Spec
    private CommandSpec command;

    public static void main(String... args) {
        Verb.main(new Mutate(), args);
    }

    @Override
    protected int run(Console console) throws Exception {
        if (intoRun) {
            return intoRun(console);
        }
        refuseOptionsOfRuns();
        Mutator mutator = UsageException.check(() -> Mutator.of(mutation.spec()));
        mutator.shortfall().ifPresent(console::warn);
        VariantWriter writer = new VariantWriter(mutator, console);
        if (out != null) {
            writer.toFile(out);
        } else if (json()) {
            writer.toJson();
        } else {
            writer.toLines();
        }
        return Exit.DONE;
    }

    private int intoRun(Console console) {
        if (out != null) {
            throw new UsageException("--out writes a file and --run makes a run folder; give one of the two");
        }
        long began = System.nanoTime();
        MutationSpec variants = mutation.spec();
        UsageException.check(() -> Mutator.of(variants)).shortfall().ifPresent(console::warn);
        String name = title == null ? variants.basePrompts().get(0) : title;
        CampaignSpec spec = new CampaignSpec(name, variants, backend.spec(), limits.limits());
        try (Campaign campaign = Steps.start(runs == null ? Path.of("runs") : runs, spec)) {
            long jobs = campaign.mutate();
            console.note(jobs + " jobs are ready; go on with ./jbang dispatch " + campaign.run().folder());
            if (json()) {
                console.json(Steps.json(campaign.run(), null, (System.nanoTime() - began) / 1e9));
            } else {
                console.print("run  " + campaign.run().folder());
            }
            return Exit.DONE;
        }
    }

    private void refuseOptionsOfRuns() {
        Set<Class<?>> ofRuns = Set.of(BackendOptions.class, LimitOptions.class);
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
            boolean own = Set.of("--runs", "--title").contains(option.longestName());
            if (own || option.userObject() instanceof Field field && ofRuns.contains(field.getDeclaringClass())) {
                throw new UsageException(option.longestName() + " belongs to a run; add --run to make one");
            }
        }
    }
}
