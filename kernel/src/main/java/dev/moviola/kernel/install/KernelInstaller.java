package dev.moviola.kernel.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Installs, lists and removes kernelspecs in one place.
 *
 * <p>The folder of a kernelspec holds all that the kernel needs but Java: its jars are copied there, so that it outlives
 * the checkout, a cleaned repository and the cache of any tool. It is written beside the old one and then put in its
 * place, so that Jupyter never sees half of it.
 */
public final class KernelInstaller {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String SPEC = "kernel.json";
    private static final String MARK = "moviola";
    private static final List<String> PICTURES = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    private final KernelPlace place;

    /** An installer for {@code place}. */
    public KernelInstaller(KernelPlace place) {
        this.place = place;
    }

    /**
     * Writes the kernelspec and copies the jars; the archive for a fast start is {@link StartArchive}'s.
     *
     * @param force whether one of that name may be replaced
     */
    public InstalledKernel install(KernelPlan plan, boolean force) {
        Path target = place.kernels().resolve(plan.name());
        if (Files.exists(target) && !force) {
            throw new MoviolaException("a kernel named " + plan.name() + " must not be there yet, but " + target
                    + " exists; choose another --name, or replace it with --force");
        }
        try {
            Files.createDirectories(place.kernels());
            Path fresh = Files.createTempDirectory(place.kernels(), ".new-");
            try {
                readable(fresh);
                write(plan, fresh, target);
                replace(fresh, target);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw new MoviolaException(
                    "the kernel cannot be written to " + target + ": " + e.getMessage()
                            + "; choose a place of yours with --prefix",
                    e);
        }
        return read(target).orElseThrow(() -> new MoviolaException("the kernel in " + target + " cannot be read back"));
    }

    /** The kernels in this place, ours and others, by name. */
    public List<InstalledKernel> list() {
        if (!Files.isDirectory(place.kernels())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(place.kernels())) {
            return folders.filter(
                            folder -> !String.valueOf(folder.getFileName()).startsWith("."))
                    .sorted()
                    .flatMap(folder -> read(folder).stream())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new MoviolaException("the kernels in " + place.kernels() + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /**
     * Removes the kernel called {@code name}.
     *
     * @param force whether it may be one that this installer did not write
     */
    public InstalledKernel uninstall(String name, boolean force) {
        List<InstalledKernel> all = list();
        InstalledKernel found = all.stream()
                .filter(kernel -> kernel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("there must be a kernel " + name + " in " + place.kernels()
                        + " to uninstall, but there are "
                        + all.stream().map(InstalledKernel::name).toList()));
        if (!found.ours() && !force) {
            throw new MoviolaException(
                    "the kernel " + name + " was not installed by Moviola; use --force to remove " + found.folder());
        }
        try {
            delete(found.folder());
        } catch (IOException e) {
            throw new MoviolaException("the kernel in " + found.folder() + " cannot be removed: " + e.getMessage(), e);
        }
        return found;
    }

    private static void write(KernelPlan plan, Path fresh, Path target) throws IOException {
        Path lib = Files.createDirectories(fresh.resolve("lib"));
        List<String> entries = new ArrayList<>();
        for (Path jar : plan.jars()) {
            String name = String.valueOf(jar.getFileName());
            Path copy = lib.resolve(name);
            for (int i = 2; Files.exists(copy); i++) {
                copy = lib.resolve(i + "-" + name);
            }
            Files.copy(jar, copy);
            entries.add(target.resolve("lib")
                    .resolve(String.valueOf(copy.getFileName()))
                    .toString());
        }
        List<String> command = new ArrayList<>();
        command.add(plan.java().toAbsolutePath().toString());
        command.addAll(StartArchive.standardOptions());
        command.addAll(plan.jvmOptions());
        command.add("-Dmoviola.kernel.home=" + target);
        if (!plan.classPath().isEmpty()) {
            command.add("-Dmoviola.kernel.classpath="
                    + plan.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        command.addAll(StartArchive.use(plan.java(), target));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, entries));
        command.add("dev.moviola.kernel.Main");
        command.add("{connection_file}");

        ObjectNode spec = JSON.createObjectNode();
        ArrayNode argv = spec.putArray("argv");
        command.forEach(argv::add);
        spec.put("display_name", plan.displayName());
        spec.put("language", "java");
        // A signal would reach the JVM as well, but a message reaches it on every system.
        spec.put("interrupt_mode", "message");
        spec.putObject("env");
        ObjectNode mark = spec.putObject("metadata").put("debugger", false).putObject(MARK);
        mark.put("java", plan.java().toAbsolutePath().toString());
        JSON.writeValue(fresh.resolve(SPEC).toFile(), spec);
        for (String picture : PICTURES) {
            try (InputStream in = KernelInstaller.class.getResourceAsStream(picture)) {
                if (in == null) {
                    throw new IOException(picture + " is missing from the library");
                }
                Files.copy(in, fresh.resolve(picture));
            }
        }
    }

    /** A temporary folder is its maker's alone, a kernel is for whoever starts Jupyter. */
    private static void readable(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void replace(Path fresh, Path target) throws IOException {
        Path old = fresh.resolveSibling(fresh.getFileName() + ".old");
        if (Files.exists(target)) {
            move(target, old);
        }
        move(fresh, target);
        delete(old);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static Optional<InstalledKernel> read(Path folder) {
        try {
            JsonNode spec = JSON.readTree(folder.resolve(SPEC).toFile());
            List<String> command = new ArrayList<>();
            spec.path("argv").forEach(word -> command.add(word.asText()));
            return Optional.of(new InstalledKernel(
                    String.valueOf(folder.getFileName()),
                    spec.path("display_name").asText(),
                    folder,
                    command,
                    spec.path("metadata").has(MARK)));
        } catch (IOException noKernel) {
            return Optional.empty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
