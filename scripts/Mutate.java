//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.MutationOptions;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.VariantWriter;
import dev.moviola.cli.Verb;
import dev.moviola.prompt.Mutator;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "mutate",
        sortOptions = false,
        description = "Makes variants of prompts by adding modifiers that are known to trouble video generators.",
        footer = {
            "",
            "Examples:",
            "  ./jbang mutate",
            "  ./jbang mutate \"samurai vs T-rex\" --variants 24 --strategy pairwise",
            "  ./jbang mutate --prompts bases.txt --total 10000 --pool mine.yaml --out variants.jsonl"
        })
class Mutate extends Verb {
    @Mixin
    private MutationOptions mutation;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the variants to a file, one JSON object a line.")
    private Path out;

    public static void main(String... args) {
        Verb.main(new Mutate(), args);
    }

    @Override
    protected int run(Console console) throws Exception {
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
}
