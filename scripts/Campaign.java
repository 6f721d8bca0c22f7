//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.campaign.CampaignSpec;
import dev.moviola.cli.BackendOptions;
import dev.moviola.cli.Console;
import dev.moviola.cli.DispatchFlags;
import dev.moviola.cli.Exit;
import dev.moviola.cli.LimitOptions;
import dev.moviola.cli.MutationOptions;
import dev.moviola.cli.Steps;
import dev.moviola.cli.Verb;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "campaign",
        sortOptions = false,
        description = "Mutates prompts, dispatches them, scores the defects of the clips and writes a report.",
        footer = {
            "",
            "Examples:",
            "  ./jbang campaign",
            "  ./jbang campaign --backend xai --prompt \"samurai vs T-rex\" --variants 200 --spend-cap 50",
            "  ./jbang campaign --command 'python gen.py --prompt {prompt} --seed {seed} --out {out}' --total 40"
        })
class Campaign extends Verb {
    @Mixin
    private MutationOptions mutation;

    @Mixin
    private BackendOptions backend;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private DispatchFlags flags;

    @Option(names = "--title", paramLabel = "TEXT", description = "Names the run. Default: the first prompt.")
    private String title;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs lie. Default: runs.")
    private Path runs;

    public static void main(String... args) {
        Verb.main(new Campaign(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        var variants = mutation.spec();
        String name = title == null ? variants.basePrompts().get(0) : title;
        CampaignSpec spec = new CampaignSpec(name, variants, backend.spec(), limits.limits());
        flags.options();
        Steps.keys(console, spec.backend());
        try (var campaign = Steps.start(runs, spec)) {
            console.note("run " + campaign.run().folder());
            if (!Steps.agree(console, campaign, flags)) {
                console.note("nothing was submitted; go on with ./jbang resume " + campaign.run().folder());
                return Exit.NOTHING_USABLE;
            }
            return Steps.finish(console, campaign, flags, json(), began);
        }
    }
}
