package dev.moviola.cli;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names the run that a verb works on, to be used as a picocli mixin. */
public final class RunFolder {
    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run folder. Default: the newest one.")
    private @Nullable Path folder;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs lie. Default: runs.")
    private Path runs = Path.of("runs");

    /**
     * The run folder that was named, or the newest one.
     *
     * @throws MoviolaException when there is none
     */
    public Path find() {
        if (folder != null) {
            if (!Files.isDirectory(folder)) {
                Path below = runs.resolve(folder);
                if (Files.isDirectory(below)) {
                    return below;
                }
                throw new MoviolaException("there is no run folder " + folder + ", nor is it in " + runs);
            }
            return folder;
        }
        return Run.latest(runs)
                .orElseThrow(() -> new MoviolaException("there is no run in " + runs.toAbsolutePath()
                        + "; make one with ./jbang campaign, or name it"));
    }
}
