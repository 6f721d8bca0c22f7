//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.campaign.Campaign;
import dev.moviola.cli.Console;
import dev.moviola.cli.DispatchFlags;
import dev.moviola.cli.Exit;
import dev.moviola.cli.RunFolder;
import dev.moviola.cli.Steps;
import dev.moviola.cli.Verb;
import dev.moviola.dispatch.DispatchSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "dispatch",
        sortOptions = false,
        description = "Submits the jobs of a run that have not ended and brings their clips back.",
        footer = {"", "Examples:", "  ./jbang dispatch", "  ./jbang dispatch runs/2026-11-22T131502_samurai --only 5"})
class Dispatch extends Verb {
    @Mixin
    private RunFolder folder;

    @Mixin
    private DispatchFlags flags;

    public static void main(String... args) {
        Verb.main(new Dispatch(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        flags.options();
        try (Campaign campaign = Campaign.open(folder.find())) {
            console.note("run " + campaign.run().folder());
            Steps.keys(console, campaign.spec().backend());
            if (!Steps.agree(console, campaign, flags)) {
                console.note("nothing was submitted");
                return Exit.NOTHING_USABLE;
            }
            DispatchSummary summary = Steps.dispatch(console, campaign, flags);
            if (json()) {
                console.json(Steps.json(campaign.run(), null, (System.nanoTime() - began) / 1e9));
            } else {
                console.print("run  " + campaign.run().folder());
            }
            return Steps.exit(summary, campaign.run().ledger().tally());
        }
    }
}
