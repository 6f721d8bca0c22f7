//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola-kernel:0.1.0-SNAPSHOT

import dev.moviola.MoviolaException;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.TextTable;
import dev.moviola.cli.Verb;
import dev.moviola.kernel.install.InstalledKernel;
import dev.moviola.kernel.install.KernelInstaller;
import dev.moviola.kernel.install.KernelPlace;
import dev.moviola.kernel.install.KernelPlan;
import dev.moviola.kernel.install.StartArchive;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "install-kernel",
        sortOptions = false,
        description =
                "Makes \"Java (Moviola)\" known to Jupyter. The kernelspec holds copies of all its jars, so that it does not depend on this checkout.",
        footer = {
            "",
            "Examples:",
            "  ./jbang install-kernel",
            "  ./jbang install-kernel --sys-prefix --force",
            "  ./jbang install-kernel --name moviola-25 --java /opt/jdk-25 --jvm-options '-Xmx8g'",
            "  ./jbang install-kernel --list"
        })
class InstallKernel extends Verb {
    static class Place {
        @Option(names = "--user", description = "For this user, in Jupyter's data folder (the default).")
        private boolean user;

        @Option(names = "--prefix", paramLabel = "PATH", description = "Below PATH/share/jupyter/kernels.")
        private Path prefix;

        @Option(names = "--sys-prefix", description = "In the Python environment that python3 starts.")
        private boolean sysPrefix;
    }

    static class Action {
        @Option(names = "--list", description = "List the kernels that are there.")
        private boolean list;

        @Option(names = "--uninstall", description = "Remove the kernel of that name.")
        private boolean uninstall;
    }

    @ArgGroup
    private Place where = new Place();

    @ArgGroup
    private Action action = new Action();

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the kernel; moviola when not given.")
    private String name = KernelPlan.STANDARD_NAME;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "What the launcher shows.")
    private String displayName;

    @Option(
            names = "--java",
            paramLabel = "PATH",
            description = "The JDK, or its java program, that runs the kernel; that of this command when not given.")
    private Path java;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            description = "Options for the JVM, separated by blanks. May be given again.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            description = "Jars and folders that every notebook sees, separated as in Java's own option.")
    private String classPath = "";

    @Option(names = "--force", description = "Replace a kernel of that name.")
    private boolean force;

    public static void main(String... args) {
        Verb.main(new InstallKernel(), args);
    }

    @Override
    protected int run(Console console) {
        KernelPlace place = where.prefix != null
                ? KernelPlace.prefix(where.prefix)
                : where.sysPrefix ? KernelPlace.sysPrefix() : KernelPlace.user();
        KernelInstaller installer = new KernelInstaller(place);
        if (action.list) {
            list(console, installer, place);
        } else if (action.uninstall) {
            InstalledKernel gone = installer.uninstall(name, force);
            report(console, gone, "removed " + gone.folder());
        } else {
            install(console, installer);
        }
        return Exit.DONE;
    }

    private void install(Console console, KernelInstaller installer) {
        console.progress("copying the kernel");
        Path program = program();
        String shown = displayName != null
                ? displayName
                : name.equals(KernelPlan.STANDARD_NAME) ? "Java (Moviola)" : "Java (Moviola, " + name + ")";
        List<String> options = new ArrayList<>();
        jvmOptions.forEach(line -> options.addAll(List.of(line.strip().split("\\s+"))));
        InstalledKernel kernel = installer.install(
                new KernelPlan(name, shown, program, options, jars(), paths(classPath)), force);
        console.progress("making its start fast");
        try {
            StartArchive.make(kernel);
        } catch (MoviolaException slower) {
            console.note(slower.getMessage() + "; the kernel works, but starts more slowly");
        }
        report(console, kernel, "installed " + kernel.displayName() + " in " + kernel.folder());
    }

    private Path program() {
        if (java == null) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        return Files.isDirectory(java) ? java.resolve("bin").resolve("java") : java;
    }

    /** The jars that this command itself runs with, but for its own. */
    private static List<Path> jars() {
        String own = InstallKernel.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return paths(System.getProperty("java.class.path")).stream()
                .filter(Files::isRegularFile)
                .filter(jar -> !own.endsWith(jar.toString()))
                .toList();
    }

    private static List<Path> paths(String joined) {
        return List.of(joined.split(File.pathSeparator)).stream()
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    private void list(Console console, KernelInstaller installer, KernelPlace place) {
        List<InstalledKernel> kernels = installer.list();
        if (json()) {
            console.json(kernels.stream().map(InstallKernel::entry).toList());
            return;
        }
        if (kernels.isEmpty()) {
            console.print("no kernels in " + place.kernels());
            return;
        }
        TextTable table = new TextTable("name", "shown as", "by Moviola", "folder");
        kernels.forEach(kernel -> table.row(
                kernel.name(), kernel.displayName(), kernel.ours() ? "yes" : "no", kernel.folder().toString()));
        console.print(table);
    }

    private void report(Console console, InstalledKernel kernel, String text) {
        if (json()) {
            console.json(entry(kernel));
        } else {
            console.print(text);
        }
    }

    private static Map<String, Object> entry(InstalledKernel kernel) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", kernel.name());
        entry.put("display_name", kernel.displayName());
        entry.put("folder", kernel.folder().toString());
        entry.put("moviola", kernel.ours());
        entry.put("argv", kernel.command());
        return entry;
    }
}
