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
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.JobKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "resume",
        sortOptions = false,
        description = "Goes on with a campaign that was interrupted: asks after what was submitted, submits the rest,"
                + " scores and reports.",
        footer = {"", "Examples:", "  ./jbang resume", "  ./jbang resume --retry-failed --yes"})
class Resume extends Verb {
    @Mixin
    private RunFolder folder;

    @Mixin
    private DispatchFlags flags;

    @Option(names = "--retry-failed", description = "Also try failed and cancelled jobs again.")
    private boolean retryFailed;

    public static void main(String... args) {
        Verb.main(new Resume(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        flags.options();
        try (Campaign campaign = Campaign.open(folder.find())) {
            console.note("run " + campaign.run().folder());
            Steps.keys(console, campaign.spec().backend());
            if (retryFailed) {
                List<JobKey> failed = new ArrayList<>();
                campaign.run().ledger().eachJob(job -> {
                    if (job.state() == JobState.FAILED || job.state() == JobState.CANCELLED) {
                        failed.add(job.job().key());
                    }
                });
                console.note(campaign.run().ledger().reopen(failed).join() + " failed jobs are tried again");
            }
            if (!Steps.agree(console, campaign, flags)) {
                console.note("nothing was submitted");
                return Exit.NOTHING_USABLE;
            }
            return Steps.finish(console, campaign, flags, json(), began);
        }
    }
}
