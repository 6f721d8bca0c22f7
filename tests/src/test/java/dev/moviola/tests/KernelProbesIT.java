package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel has to survive, tried on the installed one through Jupyter's own client. */
class KernelProbesIT {
    private static final int SECONDS = 350;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> theKernelHoldsWhatEachProbeSays() throws JsonProcessingException {
        String prefix = folder.resolve("prefix").toString();
        assertThat(jbang(ROOT, List.of("install-kernel", "--prefix", prefix, "--jvm-options", "-Xmx1g")))
                .exitedWith(0);
        String printed = PythonEnvironment.ready()
                .run("kernel_probes.py", List.of(prefix, folder.resolve("data").toString()), SECONDS);
        JsonNode outcomes = new ObjectMapper().readTree(printed.substring(printed.lastIndexOf("\n{") + 1));
        assertThat(outcomes).hasSizeGreaterThan(70);
        return outcomes.properties().stream()
                .map(outcome -> DynamicTest.dynamicTest(outcome.getKey().replace('_', ' '), () -> {
                    if (!outcome.getValue().isNull()) {
                        fail(outcome.getValue().asText());
                    }
                }));
    }
}
