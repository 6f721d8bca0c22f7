//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.MoviolaException;
import dev.moviola.campaign.Campaign;
import dev.moviola.campaign.ClipImport;
import dev.moviola.campaign.ScoringSummary;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.Steps;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.Verb;
import dev.moviola.ledger.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "score",
        sortOptions = false,
        description = "Scores the defects of a run's clips, or of any videos, and writes table and report.",
        footer = {"", "Examples:", "  ./jbang score", "  ./jbang score my.mp4 folder/"})
class Score extends Verb {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "A run folder, or videos and folders of videos. Default: the newest run.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs lie. Default: runs.")
    private Path runs;

    public static void main(String... args) {
        Verb.main(new Score(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        try (Run run = open(console)) {
            console.note("run " + run.folder());
            ScoringSummary summary = Steps.score(console, run, "score");
            Path report = summary.stopped() ? null : Campaign.report(run, 0);
            if (json()) {
                Map<String, Object> document = Steps.json(run, report, (System.nanoTime() - began) / 1e9);
                Steps.rank(document, run);
                console.json(document);
            } else {
                if (report != null) {
                    Steps.table(console, run);
                    console.print("");
                    console.print("report  " + report);
                }
                console.print("run     " + run.folder());
            }
            if (summary.stopped()) {
                return Exit.INTERRUPTED;
            }
            int exit = Steps.exit(run.ledger().tally());
            return exit == Exit.DONE && !summary.failures().isEmpty() ? Exit.SOME_FAILED : exit;
        }
    }

    private Run open(Console console) {
        if (paths.isEmpty()) {
            return Run.open(Run.latest(runs)
                    .orElseThrow(() -> new MoviolaException(
                            "there is no run in " + runs + "; name videos, as in ./jbang score my.mp4 folder/")));
        }
        if (paths.size() == 1 && Files.isRegularFile(paths.get(0).resolve("run.json"))) {
            return Run.open(paths.get(0));
        }
        List<Path> videos = ClipImport.find(existing(paths));
        Run run = Run.create(
                runs,
                "score " + paths.get(0).getFileName(),
                dev.moviola.ledger.Parameters.of(
                        "type", "import", "paths", paths.stream().map(Path::toString).toList()));
        console.note("taking in " + videos.size() + (videos.size() == 1 ? " video" : " videos"));
        ClipImport.into(run, videos);
        return run;
    }

    private static List<Path> existing(List<Path> paths) {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new UsageException("there is no file or folder " + path);
            }
        }
        return paths;
    }
}
