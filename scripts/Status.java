//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.RunFolder;
import dev.moviola.cli.Steps;
import dev.moviola.cli.TextTable;
import dev.moviola.cli.Verb;
import dev.moviola.frame.FailureGroup;
import dev.moviola.frame.Failures;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        sortOptions = false,
        description = "Tells how a run stands: jobs, submissions, spend, what is open, what failed. Changes nothing.",
        footer = {"", "Examples:", "  ./jbang status", "  ./jbang status runs/2026-11-22T131502_samurai --json"})
class Status extends Verb {
    private static final int SHOWN = 20;

    @Mixin
    private RunFolder folder;

    public static void main(String... args) {
        Verb.main(new Status(), args);
    }

    @Override
    protected int run(Console console) {
        long began = System.nanoTime();
        try (Run run = Run.look(folder.find())) {
            Tally tally = run.ledger().tally();
            List<Submission> open = run.ledger().open();
            List<FailureGroup> failures = Failures.of(run.ledger());
            if (json()) {
                Map<String, Object> document = Steps.json(run, null, (System.nanoTime() - began) / 1e9);
                document.put("open", open.stream().map(Status::describe).toList());
                console.json(document);
                return Exit.DONE;
            }
            console.print("run  " + run.folder());
            TextTable jobs = new TextTable("jobs", ">count");
            Steps.counts(tally).forEach(jobs::row);
            console.print(jobs);
            console.print("");
            console.print("paid submissions " + tally.paid() + ", spent " + tally.spent());
            if (!open.isEmpty()) {
                console.print("");
                TextTable table = new TextTable("open submission", "state", "external id", "since", "price");
                open.stream()
                        .limit(SHOWN)
                        .forEach(s -> table.row(
                                s.id(),
                                s.state(),
                                s.externalId() == null ? "" : s.externalId(),
                                s.intended(),
                                s.price()));
                console.print(table);
                if (open.size() > SHOWN) {
                    console.print((open.size() - SHOWN) + " more");
                }
            }
            if (!failures.isEmpty()) {
                console.print("");
                TextTable table = new TextTable("failure", ">times", "message");
                for (FailureGroup group : failures) {
                    group.messages()
                            .forEach(message -> table.row(group.category(), message.times(), message.text()));
                }
                console.print(table);
            }
            return Exit.DONE;
        }
    }

    private static Map<String, Object> describe(Submission submission) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("submission", submission.id());
        map.put("state", submission.state());
        map.put("external_id", submission.externalId());
        map.put("jobs", submission.jobs().stream().map(Object::toString).toList());
        map.put("intended", submission.intended().toString());
        map.put("price_dollars", submission.price().inDollars());
        return map;
    }
}
