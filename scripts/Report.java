//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.campaign.Campaign;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.RunFolder;
import dev.moviola.cli.Steps;
import dev.moviola.cli.Verb;
import dev.moviola.ledger.Run;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "report",
        sortOptions = false,
        description = "Writes report.html, scores.csv and summary.json of a run as it stands, also while it runs.",
        footer = {"", "Examples:", "  ./jbang report", "  ./jbang report runs/2026-11-22T131502_samurai"})
class Report extends Verb {
    @Mixin
    private RunFolder folder;

    public static void main(String... args) {
        Verb.main(new Report(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        try (Run run = Run.look(folder.find())) {
            Path report = Campaign.report(run, run.spec().object("mutation").integer("seed", 0));
            if (json()) {
                Map<String, Object> document = Steps.json(run, report, (System.nanoTime() - began) / 1e9);
                Steps.rank(document, run);
                console.json(document);
            } else {
                Steps.table(console, run);
                console.print("");
                console.print("report  " + report);
            }
            return Exit.DONE;
        }
    }
}
