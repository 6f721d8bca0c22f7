package dev.moviola.cli.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.cli.Console;
import dev.moviola.cli.PythonPackages;
import dev.moviola.dispatch.internal.DispatchBench.Load;
import dev.moviola.dispatch.internal.LoopbackGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Python's aiohttp with a semaphore, which is what one writes without a dispatcher: it sends the same requests to the
 * same kind of generator, keeps no ledger and writes no file.
 */
final class AiohttpPeer {
    private static final PythonPackages PACKAGES =
            new PythonPackages("bench dispatch compares with aiohttp", List.of("aiohttp==3.14.5"));
    private static final String SCRIPT = "/dev/moviola/cli/aiohttp_peer.py";
    private static final int DEADLINE_SECONDS = 300;

    private AiohttpPeer() {}

    /**
     * Its jobs a second, after fewer jobs to warm up.
     *
     * @throws MoviolaException when there is no Python, or the packages cannot be had
     */
    static double jobsPerSecond(Load load, Console console) throws IOException, InterruptedException {
        return jobsPerSecond(load, PACKAGES.python(console));
    }

    private static double jobsPerSecond(Load load, Path python) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("moviola-bench");
        Path script = folder.resolve("aiohttp_peer.py");
        try (LoopbackGenerator generator = LoopbackGenerator.of(load);
                InputStream source = Objects.requireNonNull(AiohttpPeer.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
            List<String> command = List.of(
                    python.toString(),
                    script.toString(),
                    generator.jobs(),
                    Integer.toString(load.jobs()),
                    Integer.toString(load.inFlight()));
            JsonNode measured =
                    new ObjectMapper().readTree(ChildProcess.output(command, folder, "aiohttp", DEADLINE_SECONDS));
            if (measured.get("smallest").asInt() != LoopbackGenerator.CLIP_BYTES) {
                throw new MoviolaException("a clip must have " + LoopbackGenerator.CLIP_BYTES + " bytes, but had "
                        + measured.get("smallest"));
            }
            return measured.get("jobs_per_second").asDouble();
        } finally {
            Folders.remove(folder);
        }
    }
}
