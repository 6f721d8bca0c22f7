//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.RunFolder;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.Verb;
import dev.moviola.frame.JobRow;
import dev.moviola.ledger.Run;
import dev.moviola.report.ReportSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "roast",
        sortOptions = false,
        description = "Roasts the worst clips of a run: funny, true to the numbers, at most 280 characters each.",
        footer = {"", "Examples:", "  ./jbang roast", "  ./jbang roast --worst 3 --seed 7"})
class Roast extends Verb {
    @Mixin
    private RunFolder folder;

    @Option(names = "--worst", paramLabel = "N", defaultValue = "5", description = "How many. Default: 5.")
    private int worst;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Another seed, other jokes.")
    private long seed;

    public static void main(String... args) {
        Verb.main(new Roast(), args);
    }

    @Override
    protected int run(Console console) {
        if (worst < 1) {
            throw new UsageException("--worst must be 1 or more, but was " + worst);
        }
        try (Run run = Run.look(folder.find())) {
            ReportSource source = ReportSource.of(run.folder(), run.title(), run.ledger(), run.spec());
            List<Map<String, Object>> roasts = new ArrayList<>();
            List<JobRow> rows = source.rows().stream()
                    .filter(JobRow::isScored)
                    .sorted(Comparator.comparingDouble(JobRow::overall))
                    .limit(worst)
                    .toList();
            for (JobRow row : rows) {
                source.defects(row).ifPresent(report -> {
                    Map<String, Object> roast = new LinkedHashMap<>();
                    roast.put("job", row.key().hex());
                    roast.put("overall", row.overall());
                    roast.put("prompt", row.prompt());
                    roast.put("roast", dev.moviola.report.Roast.of(report, row.modifiers(), seed).text());
                    roasts.add(roast);
                });
            }
            if (json()) {
                console.json(Map.of("run", run.folder().toAbsolutePath().normalize().toString(), "roasts", roasts));
            } else {
                roasts.forEach(roast -> console.print("• " + roast.get("roast")));
            }
            if (roasts.isEmpty()) {
                console.note("no clip is scored yet; score the run first");
                return Exit.NOTHING_USABLE;
            }
            return Exit.DONE;
        }
    }
}
