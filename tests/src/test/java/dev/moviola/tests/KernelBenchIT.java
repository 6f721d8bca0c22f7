package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLine.jbang;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code ./jbang bench kernel} as a user runs it, with one start of each kernel. */
class KernelBenchIT {
    private static final List<String> COMPARED = List.of(
            "spawn to kernel_info reply",
            "spawn to the result of the first cell",
            "processor time to the first cell",
            "warm int x = 1+1",
            "kernel_info round trip",
            "10,000 println lines",
            "of 10,000 lines, arrived",
            "completion of \"abc\". warm",
            "interrupt of while(true){}",
            "processor after the interrupt",
            "a cell of 300 declarations",
            "resident after the first cell");

    @Test
    void eachFigureStandsBesideIpykernelAndIJavaAndNoLineIsLost() throws Exception {
        JsonNode rows = assertThat(jbang(ROOT, List.of("bench", "kernel", "--repetitions", "1", "--json")))
                .exitedWith(0)
                .json();

        Map<String, List<JsonNode>> byWhat = StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.path("what").asText().replace("kernel: ", "")));
        assertThat(byWhat.keySet()).containsExactlyInAnyOrderElementsOf(COMPARED);
        byWhat.forEach((what, compared) -> assertThat(compared)
                .as(what)
                .extracting(row -> row.path("peer").asText())
                .contains("ipykernel 7.4.0", "IJava 1.3.0"));
        assertThat(byWhat.get("a cell of 300 declarations"))
                .extracting(row -> row.path("peer").asText())
                .contains("JShell's own loop");
        Function<String, Double> ours =
                what -> byWhat.get(what).get(0).path("value").asDouble();
        assertThat(ours.apply("of 10,000 lines, arrived")).isEqualTo(10_000);
        assertThat(ours.apply("processor after the interrupt")).isLessThan(50);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.path("value").isNumber()).isTrue());
        System.out.println("bench kernel: " + rows);
    }
}
